import { createHash } from 'node:crypto';
import type { ChartReference } from '../../charts/catalogue';
import type { Unit } from '../../charts/gitops';
import type { Json, JsonObject, KubeObject } from '../../synth/object';
import type { KindScope } from '../../synth/scope';
import { chartOf } from './reference';

/** Everything that decides what a chart renders to, beside its archive and the version of helm. */
export interface ChartRender {
  readonly chart: ChartReference;
  readonly releaseName: string;
  readonly namespace: string;
  readonly values: JsonObject;
  readonly includeCrds: boolean;
  /** Kubernetes minor, as `1.28`. */
  readonly kubernetes: string;
  /** What charts are told that the cluster serves beyond Kubernetes' own, as `monitoring.coreos.com/v1/PodMonitor`. Sorted. */
  readonly apiVersions: readonly string[];
}

/** What helm made of a chart. */
export interface CachedRender {
  readonly objects: readonly TemplatedObject[];
}

/** An object as a template gave it. */
export interface TemplatedObject {
  /** As `keda/templates/service.yaml`. */
  readonly template: string;
  readonly object: KubeObject;
}

/** Changes when what is kept of a render does. */
const FORMAT = 1;

/** What the chart of a unit is rendered from; undefined for units that are no chart. */
export function chartRenderOf(unit: Unit, kubernetes: string, apiVersions: readonly string[]): ChartRender | undefined {
  const { source } = unit;
  if (source.kind !== 'chart') return undefined;
  return {
    chart: chartOf(source),
    releaseName: source.releaseName ?? unit.name,
    namespace: unit.namespace,
    values: source.valuesObject ?? {},
    includeCrds: source.skipCrds !== true,
    kubernetes,
    apiVersions,
  };
}

/** Name of a render in the cache: another one as soon as anything differs that it depends on. */
export function renderKey(render: ChartRender, digest: string, helm: string): string {
  const { chart: _, ...rest } = render;
  const text = canonical({ format: FORMAT, digest, helm, ...rest });
  return createHash('sha256').update(text).digest('hex');
}

/** JSON whose members are sorted, so that their order says nothing. */
function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** What `.Capabilities.APIVersions` has beyond Kubernetes' own: custom kinds whose definitions the cluster's units bring. */
export function apiVersionsOf(units: readonly Unit[], customKinds: readonly KindScope[]): readonly string[] {
  const groups = new Set(units.flatMap(({ provides }) => provides.flatMap(({ kind, name }) => (kind === 'crds' ? [name] : []))));
  const served = customKinds.filter(({ apiVersion }) => groups.has(apiVersion.split('/')[0] ?? ''));
  return [...new Set(served.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]))].sort();
}
