import {
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard as DashboardJson,
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel } from './panel';

/** Columns of Grafana's grid. */
const COLUMNS = 24;
/** Most characters of a uid. */
const LONGEST_UID = 40;

/** Panels under a heading; together they fill whole lines of the grid. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A way from a dashboard to somewhere else, with the time that is shown. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

export interface DashboardProps {
  /** Part of its address, at most 40 characters; never changes. */
  readonly uid: string;
  readonly title: string;
  /** What it is for. */
  readonly description: string;
  /** By which lists of dashboards find it. */
  readonly tags: readonly string[];
  /** @default - none */
  readonly links?: readonly Link[];
  readonly rows: readonly Row[];
}

/** A dashboard, as Grafana reads it. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly json: DashboardJson;
}

/**
 * Puts panels on the grid, under their headings.
 * @throws when the uid is too long, or the panels of a row leave a hole or overflow
 */
export function dashboard(props: DashboardProps): Dashboard {
  const { uid, title, links = [] } = props;
  if (uid.length > LONGEST_UID) {
    throw new Error(`Dashboard "${title}": the uid ${uid} has ${uid.length} characters; Grafana takes ${LONGEST_UID}. Shorten the name.`);
  }
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(props.description)
    .tags([...props.tags])
    .readonly()
    .timezone('browser')
    .refresh('1m')
    .time({ from: 'now-3h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .links(links.map(linkOf));
  let id = 0;
  for (const row of props.rows.filter(({ panels }) => panels.length > 0)) {
    builder.withRow(new RowBuilder(row.title).id(++id));
    const built = row.panels.map((panel) => ({ ...panel.build(), id: ++id }));
    checkLines(title, row.title, built);
    for (const panel of built) builder.withPanel({ build: () => panel });
  }
  return { uid, title, json: builder.build() };
}

/** Links stand where they are seen, and not in a menu. */
const linkOf = ({ title, url }: Link): { build: () => DashboardLink } => {
  const link = new DashboardLinkBuilder(title).type(DashboardLinkType.Link).icon('external link').url(url).keepTime(true).build();
  return { build: () => ({ ...link, placement: undefined }) };
};

/** Panels are laid from the left; a line is full at 24 columns, and all of its panels are as high. */
function checkLines(dashboardTitle: string, row: string, panels: readonly { title?: string; gridPos?: { w: number; h: number } }[]): void {
  const where = `Dashboard "${dashboardTitle}", row "${row}"`;
  let filled = 0;
  let height = 0;
  for (const { title, gridPos } of panels) {
    const { w = 0, h = 0 } = gridPos ?? {};
    if (filled > 0 && h !== height) throw new Error(`${where}: "${title}" is ${h} high, but its line is ${height}. Give both one height.`);
    filled += w;
    height = h;
    if (filled > COLUMNS)
      throw new Error(`${where}: "${title}" ends at column ${filled} of ${COLUMNS}. Make the panels of its line narrower.`);
    if (filled === COLUMNS) filled = 0;
  }
  if (filled > 0) throw new Error(`${where}: the last line ends at column ${filled} of ${COLUMNS}. Make its panels wider.`);
}
