import { type GroupKind, protectFromDeletion, type Unit } from '../../charts/gitops';
import { refuse } from '../../synth/error';
import { groupOf, type KubeObject, type SourcedObject } from '../../synth/object';
import { applyPatches, type ObjectPatch } from '../../synth/patch';
import { type KindScope, type ScopeOf, scopes } from '../../synth/scope';
import type { RenderedUnit } from '../units';
import { apiVersionsOf, type CachedRender, chartRenderOf, renderKey, type TemplatedObject } from './chart-render';
import { hookOf } from './hooks';
import { CHART_LOCK, type ChartLock } from './lock';
import { chartText } from './reference';

/** What `npm run charts:render` has left for synth. */
export interface RenderedCharts {
  readonly lock: ChartLock;
  /** A render by its key; undefined when it is not there. @throws when it is there and cannot be read */
  readonly entry: (key: string) => CachedRender | undefined;
}

/** What decides how charts of a cluster are rendered. */
export interface RenderingCluster {
  /** `authorworks/production`, for messages. */
  readonly name: string;
  /** Kubernetes minor, as `1.28`. */
  readonly kubernetes: string;
}

/**
 * The units of a cluster with every chart rendered: the same Applications, whose source is their folder in dist. Other units stay as they are.
 * @param customKinds - kinds whose scope is known beyond Kubernetes' own
 * @throws SynthError naming the command, for every chart that is not in the cache
 */
export function withRenderedCharts(
  cluster: RenderingCluster,
  units: readonly RenderedUnit[],
  charts: RenderedCharts,
  customKinds: readonly KindScope[],
): readonly RenderedUnit[] {
  const apiVersions = apiVersionsOf(
    units.map(({ unit }) => unit),
    customKinds,
  );
  const problems: string[] = [];
  const all = units.map((rendered): RenderedUnit => {
    const render = chartRenderOf(rendered.unit, cluster.kubernetes, apiVersions);
    if (render === undefined) return rendered;
    const text = chartText(render.chart);
    const { helm, digests } = charts.lock;
    const digest = digests.get(text);
    if (digest === undefined || helm === undefined) {
      const missing = digest === undefined ? text : 'version of helm';
      problems.push(`unit "${rendered.unit.name}": ${CHART_LOCK} has no ${missing}. Run: npm run charts:pull && npm run charts:render`);
      return rendered;
    }
    const entry = charts.entry(renderKey(render, digest, helm));
    if (entry === undefined) {
      problems.push(
        `unit "${rendered.unit.name}": ${text} is not rendered yet with these values for Kubernetes ${cluster.kubernetes} by helm ${helm}. Run: npm run charts:pull && npm run charts:render`,
      );
      return rendered;
    }
    const { source } = rendered.unit;
    const objects = renderedObjects(rendered.unit, entry, customKinds, source.kind === 'chart' ? source.patches : []);
    return { unit: renderedUnit(rendered.unit, objects), objects };
  });
  refuse(problems.map((problem) => `overlays/${cluster.name}/cluster.ts: delivery is 'rendered', but ${problem}`));
  return all;
}

/**
 * The objects of a unit's chart as they go into dist: without tests, each in its namespace, definitions safe from pruning, patched.
 * @param patches - applied last but for the protection of definitions
 * @throws SynthError when a patch does not fit
 */
export function renderedObjects(
  unit: Unit,
  { objects }: CachedRender,
  customKinds: readonly KindScope[] = [],
  patches: readonly ObjectPatch[] = [],
): readonly SourcedObject[] {
  const scopeOf = scopes([...customKinds, ...kindsDefinedBy(objects.map(({ object }) => object))]);
  const kept = objects.filter(({ object }) => hookOf(object)?.kept !== false);
  const sourced = kept.map(({ object, template }: TemplatedObject) => ({
    object: inNamespace(object, unit.namespace, scopeOf),
    source: `${unit.name}: ${template}`,
    application: unit.name,
  }));
  return applyPatches(sourced, patches).map((each) => ({ ...each, object: protectFromDeletion(each.object) }));
}

/** The unit with its chart's objects instead of the chart. Kinds and namespaces that were stated follow from the objects now. */
export function renderedUnit(unit: Unit, objects: readonly SourcedObject[]): Unit {
  const { clusterKinds: _c, namespacedKinds: _n, extraNamespaces: _e, ...rest } = unit;
  return { ...rest, source: { kind: 'rendered' }, objects: objects.map(({ object }) => object) };
}

/** Kinds that CustomResourceDefinitions among the objects define. */
export function kindsDefinedBy(objects: readonly KubeObject[]): readonly KindScope[] {
  return objects.flatMap((object) => {
    if (object.kind !== 'CustomResourceDefinition') return [];
    const { group, scope, names, versions } = object.spec as unknown as {
      readonly group: string;
      readonly scope: KindScope['scope'];
      readonly names: { readonly kind: string };
      readonly versions: readonly { readonly name: string }[];
    };
    return versions.map(({ name }) => ({ apiVersion: `${group}/${name}`, kind: names.kind, scope }));
  });
}

/** Kinds of a chart that its unit does not state: the AppProject would stop their sync where Argo CD renders the chart. */
export function unstatedKinds(unit: Unit, objects: readonly SourcedObject[]): readonly string[] {
  const states = (kinds: readonly GroupKind[] | undefined, object: KubeObject) =>
    (kinds ?? []).some(({ group, kind }) => group === groupOf(object) && kind === object.kind);
  const unstated = objects.filter(({ object }) => {
    if (object.metadata.namespace !== undefined) return unit.namespacedKinds !== undefined && !states(unit.namespacedKinds, object);
    // Also a namespaced object of a kind that nobody knows; synth will say so.
    return !states(unit.clusterKinds, object) && !states(unit.namespacedKinds, object);
  });
  const text = ({ object }: SourcedObject) => (groupOf(object) === '' ? object.kind : `${object.kind} of ${groupOf(object)}`);
  return [...new Set(unstated.map(text))].sort();
}

/** helm and Argo CD say an object's namespace when they apply it; files say it. */
function inNamespace(object: KubeObject, namespace: string, scopeOf: ScopeOf): KubeObject {
  const scope = scopeOf(object);
  const { namespace: given, ...metadata } = object.metadata;
  if (scope === 'Cluster' && given !== undefined) return { ...object, metadata: metadata as KubeObject['metadata'] };
  if (scope === 'Namespaced' && (given === undefined || given === '')) return { ...object, metadata: { ...object.metadata, namespace } };
  return object;
}
