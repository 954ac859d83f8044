import { App } from 'cdk8s';
import type { Cluster } from '../../charts/cluster';
import { type Capability, computeWaves, crds, type Unit } from '../../charts/gitops';
import { isKustomization } from '../../charts/gitops/kustomization';
import { NamespacesChart } from '../../charts/namespaces/chart';
import { type Graph, graphOf, policiesOf } from '../../charts/network';
import type { Delivery, PlatformComponent } from '../../charts/platform/component';
import { collect } from '../../synth/collect';
import { type Objects, objects, type Rendered } from '../workload/support';

/** Components of one cluster as the fleet would deliver them: their units, and what is rendered of them. */
export interface Delivered {
  readonly graph: Graph;
  readonly units: readonly Unit[];
  /** Everything that the components render, their namespaces and the policies of pinned charts' pods included. */
  readonly objects: Objects;
  /** Admission policies and their bindings, which the schemas of the oldest line do not have. */
  readonly admission: readonly Rendered[];
  /** One unit by its name. @throws when there is none */
  unit(name: string): Unit;
  /** Values of a unit's chart. */
  values(name: string): Rendered;
  /** Wave of a unit, where the cluster has Prometheus' definitions anyway. */
  wave(name: string): number;
}

/**
 * Puts components together in a cluster of their own.
 * @param existing - what the cluster has beside them
 */
export function delivered(cluster: Cluster, components: readonly PlatformComponent[], existing: readonly Capability[] = []): Delivered {
  const app = new App();
  const graph = graphOf(
    cluster,
    components.map(({ network }) => network),
  );
  const chart = new NamespacesChart(
    app,
    'namespaces',
    cluster,
    components.flatMap(({ namespaces }) => namespaces),
    graph.edges,
  );
  const homes = new Set(components.flatMap(({ network }) => network.parties));
  for (const party of homes) if (party.foreign === true) policiesOf(chart, `network-${party.name}`, party, graph.edges, {});
  const deliveries: readonly Delivery[] = [
    { chart, namespace: 'default', stage: 'namespaces' },
    ...components.flatMap(({ deliver }) => deliver(app, graph)),
  ];
  const rendered = deliveries.map((delivery) => ({
    delivery,
    sourced: 'unit' in delivery ? [] : collect(delivery.chart, delivery.chart.node.id),
  }));
  const units = rendered.map(({ delivery, sourced }): Unit => {
    if ('unit' in delivery) return delivery.unit;
    const { chart: own, provides = [], needs = [], ...rest } = delivery;
    return {
      ...rest,
      name: own.node.id,
      tier: 'platform',
      project: 'platform',
      provides,
      needs,
      source: { kind: 'rendered' },
      objects: sourced.map(({ object }) => object),
    };
  });
  const waves = computeWaves(units, [crds('monitoring.coreos.com'), ...existing]);
  const unit = (name: string): Unit => {
    const found = units.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no unit ${name} in ${units.map((each) => each.name).join(', ')}`);
    return found;
  };
  const all = rendered.flatMap(({ sourced }) => sourced.filter(({ object }) => !isKustomization(object)));
  return {
    graph,
    units,
    objects: objects(all.filter(({ object }) => !object.kind.startsWith('ValidatingAdmissionPolicy'))),
    admission: all.flatMap(({ object }) => (object.kind.startsWith('ValidatingAdmissionPolicy') ? [object as Rendered] : [])),
    unit,
    values: (name) => {
      const { source } = unit(name);
      return source.kind === 'chart' ? source.valuesObject : undefined;
    },
    wave: (name) => waves.get(unit(name).name) ?? -1,
  };
}
