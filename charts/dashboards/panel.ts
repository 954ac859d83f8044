import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type DataSourceRef,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { type Panel as PanelJson, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** Uid of the data source that every panel asks. */
export const PROMETHEUS_UID = 'prometheus';
export const prometheusSource: DataSourceRef = { type: 'prometheus', uid: PROMETHEUS_UID };

/** Units that are used, as Grafana names them: https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit */
export type Unit =
  | 'short'
  | 'percentunit'
  | 's'
  | 'ms'
  | 'reqps'
  | 'ops'
  | 'bytes'
  | 'binBps'
  | 'iops'
  | 'dateTimeFromNow'
  | 'bool_yes_no'
  | 'suffix: cores'
  | 'suffix: per hour';

/** Where values become worrying (`warn`) and wrong (`bad`); the lower they are the better, unless `warn` is above `bad`. */
export interface Limits {
  readonly warn?: number;
  readonly bad: number;
}

/** A query of Prometheus. */
export interface Query {
  readonly expr: string;
  /** Name of each series, with labels as `{{pod}}`. */
  readonly legend: string;
  /** Drawn as a dashed line over the others, as a limit is. @default false */
  readonly line?: boolean;
}

/** What every panel says. */
interface PanelProps {
  readonly title: string;
  /** What is shown, for somebody who sees it the first time. */
  readonly description: string;
  readonly unit: Unit;
  /** Columns of 24. */
  readonly span: number;
  /** @default - none: values have no colour of their own */
  readonly limits?: Limits;
  /** Highest value that there can be, as 1 for a share. @default - the highest shown */
  readonly most?: number;
  readonly decimals?: number;
}

/** A panel of a dashboard. */
export interface Panel {
  readonly title: string;
  readonly build: () => PanelJson;
}

export interface TimeseriesProps extends PanelProps {
  readonly queries: readonly [Query, ...Query[]];
  /** Rows of the grid. @default 8 */
  readonly height?: number;
  /** Whether series stand on each other, as parts of a whole. @default false */
  readonly stacked?: boolean;
}

/** Values over time. */
export function timeseries(props: TimeseriesProps): Panel {
  const { queries, height = 8, stacked = false } = props;
  return {
    title: props.title,
    build: () => {
      const builder = new TimeseriesBuilder()
        .height(height)
        .drawStyle(GraphDrawStyle.Line)
        .fillOpacity(stacked ? 30 : 10)
        .lineWidth(1)
        .showPoints(VisibilityMode.Never)
        // A gap is a gap: the target was away.
        .min(0)
        .legend(
          new VizLegendOptionsBuilder()
            .showLegend(true)
            .displayMode(LegendDisplayMode.Table)
            .placement(LegendPlacement.Bottom)
            .calcs(['lastNotNull', 'max']),
        )
        .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
      if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
      if (props.limits !== undefined) {
        builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
      }
      queries.forEach((query, i) => {
        builder.withTarget(target(query, i));
        if (query.line !== true) return;
        builder.overrideByQuery(refId(i), [
          { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
          { id: 'custom.fillOpacity', value: 0 },
          ...(stacked ? [{ id: 'custom.stacking', value: { mode: 'none' } }] : []),
        ]);
      });
      return finish(builder, props);
    },
  };
}

export interface StatProps extends PanelProps {
  readonly expr: string;
  /** What stands there when nothing is found. @default 'no data' */
  readonly none?: string;
}

/** One number, of now. */
export function stat(props: StatProps): Panel {
  return {
    title: props.title,
    build: () => {
      const builder = new StatBuilder()
        .height(4)
        .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
        .withTarget(target({ expr: props.expr, legend: '' }, 0));
      if (props.none !== undefined) builder.noValue(props.none);
      return finish(builder, props);
    },
  };
}

/** Fields that builders of all kinds of panels have. */
interface AnyBuilder extends Builder<PanelJson> {
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: DataSourceRef): this;
  span(columns: number): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  max(max: number): this;
  thresholds(thresholds: ThresholdsConfigBuilder): this;
}

/** Sets what all kinds of panels have in common. */
export function finish(builder: AnyBuilder, props: PanelProps): PanelJson {
  builder
    .title(props.title)
    .description(props.description)
    .datasource(prometheusSource)
    .span(props.span)
    .unit(props.unit)
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps(props.limits)));
  if (props.most !== undefined) builder.max(props.most);
  if (props.decimals !== undefined) builder.decimals(props.decimals);
  return builder.build();
}

/** The steps of limits, from below: green, yellow, red; or from red up to green, where more is better. */
export function steps(limits: Limits | undefined): { value: number | null; color: string }[] {
  if (limits === undefined) return [{ value: null, color: 'green' }];
  const { warn, bad } = limits;
  if (warn === undefined) {
    return [
      { value: null, color: 'green' },
      { value: bad, color: 'red' },
    ];
  }
  if (warn > bad) {
    return [
      { value: null, color: 'red' },
      { value: bad, color: 'yellow' },
      { value: warn, color: 'green' },
    ];
  }
  return [
    { value: null, color: 'green' },
    { value: warn, color: 'yellow' },
    { value: bad, color: 'red' },
  ];
}

const refId = (i: number): string => String.fromCharCode(65 + i);

const target = ({ expr, legend }: Query, i: number): DataqueryBuilder =>
  new DataqueryBuilder().refId(refId(i)).expr(expr).legendFormat(legend).range();

/** A query that a table shows as it is now. */
export const instant = (expr: string, i: number): DataqueryBuilder =>
  new DataqueryBuilder().refId(refId(i)).expr(expr).legendFormat('').instant().format(PromQueryFormat.Table);
