import { join } from 'node:path';
import { dashboardsOf, type Folder, type Subject } from '../../charts/dashboards';
import { clusters } from '../../fleet/clusters';
import { clusterUnits } from '../../fleet/render';
import { readData } from '../../fleet/synth';

/** The subject of a cluster of the fleet, with logs and traces. */
export function subjectOf(name: string): Subject {
  const definition = clusters.find((each) => each.name === name);
  if (definition === undefined) throw new Error(`no cluster ${name}`);
  const { cluster, workloads, graph } = clusterUnits(definition, readData(join(__dirname, '../..'), definition));
  return { cluster, workloads, graph, logs: { uidOf: (namespace) => `loki-${namespace}` }, traces: { uid: 'jaeger' } };
}

/** A panel, as far as tests look at it. */
export interface AnyPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string; readonly thresholds?: { readonly steps: readonly unknown[] } } };
  readonly transformations?: readonly { readonly options: { readonly renameByName?: Readonly<Record<string, string>> } }[];
}

/** Panels of a dashboard, as its JSON has them. */
export const panelsOf = (dashboard: Folder['dashboards'][number]): readonly AnyPanel[] => JSON.parse(JSON.stringify(dashboard.json)).panels;

/** All dashboards of a cluster. */
export const allOf = (subject: Subject) => dashboardsOf(subject).flatMap(({ dashboards }) => dashboards);
