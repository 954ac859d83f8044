import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { finish, instant, type Limits, type Panel, steps, type Unit } from './panel';

/** A column of values. */
export interface Column {
  readonly title: string;
  readonly unit: Unit;
  /** A query whose series have the labels of the rows. */
  readonly expr: string;
  /** Colours of the cells. @default - none */
  readonly limits?: Limits;
}

export interface TableProps {
  readonly title: string;
  readonly description: string;
  /** Columns of 24. */
  readonly span: number;
  /** @default 8 */
  readonly height?: number;
  /** Labels that tell rows apart, and the titles of their columns. */
  readonly rows: Readonly<Record<string, string>>;
  readonly columns: readonly [Column, ...Column[]];
  /** Where a row's label leads: label and address, as `/d/workload-${__value.text}`. @default - nowhere */
  readonly link?: { readonly label: string; readonly title: string; readonly url: string };
}

/** What is true now, a row for each set of labels. */
export function table(props: TableProps): Panel {
  const { columns, rows } = props;
  // Grafana names the values of several queries by these, and those of a single one not.
  const value = (i: number) => (columns.length === 1 ? 'Value' : `Value #${String.fromCharCode(65 + i)}`);
  const titles = Object.fromEntries([...Object.entries(rows), ...columns.map(({ title }, i) => [value(i), title])]);
  const order = Object.fromEntries([...Object.keys(rows), ...columns.map((_, i) => value(i))].map((name, i) => [name, i]));
  return {
    title: props.title,
    build: () => {
      const builder = new PanelBuilder().height(props.height ?? 8).filterable(true);
      columns.forEach(({ expr, title, unit, limits }, i) => {
        builder.withTarget(instant(expr, i));
        builder.overrideByName(title, [
          { id: 'unit', value: unit },
          ...(limits === undefined
            ? []
            : [
                { id: 'thresholds', value: { mode: 'absolute', steps: steps(limits) } },
                { id: 'custom.cellOptions', value: { type: 'color-text' } },
              ]),
        ]);
      });
      const { link } = props;
      if (link !== undefined) {
        builder.overrideByName(rows[link.label] ?? link.label, [{ id: 'links', value: [{ title: link.title, url: link.url }] }]);
      }
      builder.withTransformation({ id: 'merge', options: {} });
      builder.withTransformation({
        id: 'organize',
        options: { excludeByName: { Time: true }, indexByName: order, renameByName: titles },
      });
      return finish(builder, { ...props, unit: 'short' });
    },
  };
}
