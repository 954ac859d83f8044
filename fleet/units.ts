import { App, type Chart } from 'cdk8s';
import { AccessChart } from '../charts/access/chart';
import type { Cluster } from '../charts/cluster';
import { externalSecretsNetwork, externalSecretsPolicies } from '../charts/external-secrets/network';
import { EXTERNAL_SECRETS_NAMESPACE, EXTERNAL_SECRETS_QUOTA, externalSecrets } from '../charts/external-secrets/unit';
import { type Capability, protectFromDeletion, type Stage, service, type Tier, type Unit } from '../charts/gitops';
import { NamespacesChart } from '../charts/namespaces/chart';
import { type Graph, graphOf } from '../charts/network';
import { PgbouncerChart } from '../charts/pgbouncer/chart';
import { PGBOUNCER_PORT_NAME, pgbouncerName } from '../charts/pgbouncer/names';
import { pooled } from '../charts/pgbouncer/pooled';
import { pgbouncer } from '../charts/pgbouncer/workload';
import { PriorityClassesChart } from '../charts/priority-classes/chart';
import { prometheusOperatorCrds } from '../charts/prometheus-operator-crds/unit';
import { SecretStoresChart } from '../charts/secret-stores/chart';
import { WorkloadCall } from '../charts/workload/calls';
import { WorkloadChart } from '../charts/workload/chart';
import { workloadsNetwork } from '../charts/workload/edges';
import type { ResolvedWorkload } from '../charts/workload/resolve';
import { collect } from '../synth/collect';
import type { SourcedObject } from '../synth/object';
import { applyPatches, type ObjectPatch } from '../synth/patch';

/** A unit of Argo CD, with the construct paths of its objects. */
export interface RenderedUnit {
  readonly unit: Unit;
  readonly objects: readonly SourcedObject[];
}

/** Everything that runs in a cluster. */
export interface ClusterUnits {
  readonly units: readonly RenderedUnit[];
  /** The platform's workloads, and those that follow from them. */
  readonly workloads: readonly ResolvedWorkload[];
  /** Who may connect to what. */
  readonly graph: Graph;
}

/** Everything that runs in a cluster, as units of Argo CD; the Applications themselves follow from it. */
export function unitsOf(cluster: Cluster, workloads: readonly ResolvedWorkload[]): ClusterUnits {
  const app = new App();
  const { namespace } = cluster;
  const render = (chart: Chart, tier: Tier, home: string, more: Options = {}) => rendered(chart, cluster, tier, home, more);
  const pools = pooled(workloads);
  const all = pools.length === 0 ? workloads : [...withPooler(cluster, workloads), pgbouncer(cluster, pools)];
  const graph = graphOf(cluster, [workloadsNetwork(cluster, all), externalSecretsNetwork(cluster)]);
  const { edges } = graph;
  const needs = cluster.mesh ? [service('mesh')] : [];
  // Policies of upstream components stand with their namespaces: before the components, which could not start without them.
  const namespaces = new NamespacesChart(app, 'namespaces', cluster, namespacesOf(cluster), edges);
  externalSecretsPolicies(namespaces, cluster, edges);
  const units: RenderedUnit[] = [
    { unit: prometheusOperatorCrds(), objects: [] },
    render(namespaces, 'platform', namespace, { stage: 'namespaces' }),
    render(new AccessChart(app, 'access', cluster, [EXTERNAL_SECRETS_NAMESPACE]), 'platform', namespace),
    render(new PriorityClassesChart(app, 'priority-classes', cluster), 'platform', 'default'),
    { unit: externalSecrets(cluster), objects: [] },
    // The operator's webhook must answer before a store can be applied.
    render(new SecretStoresChart(app, 'secret-stores', cluster), 'platform', EXTERNAL_SECRETS_NAMESPACE, {
      needs: [service('external-secrets')],
    }),
  ];
  const taken = new Set(units.map(({ unit }) => unit.name));
  for (const workload of all) {
    if (taken.has(workload.name)) {
      throw new Error(
        `${workload.key}: the name "${workload.name}" is that of a component; its Application and folder would be one with the workload's. Name the workload otherwise.`,
      );
    }
    const props = { cluster, workload, edges };
    if (workload.name === pgbouncerName(cluster.platform)) {
      units.push(
        render(new PgbouncerChart(app, { ...props, pooled: pools }), 'platform', namespace, {
          stage: 'data',
          needs,
          patches: workload.patches,
        }),
      );
    } else {
      units.push(render(new WorkloadChart(app, props), 'workloads', namespace, { needs, patches: workload.patches }));
    }
  }
  return { units, workloads: all, graph };
}

interface Options {
  readonly stage?: Stage;
  readonly needs?: readonly Capability[];
  readonly patches?: readonly ObjectPatch[];
}

function rendered(
  chart: Chart,
  cluster: Cluster,
  tier: Tier,
  namespace: string,
  { stage, needs = [], patches = [] }: Options,
): RenderedUnit {
  const name = chart.node.id;
  const objects = applyPatches(collect(chart, name), patches).map((sourced) => ({
    ...sourced,
    object: protectFromDeletion(sourced.object),
  }));
  const project = tier === 'platform' ? 'platform' : cluster.platform;
  const unit: Unit = {
    name,
    tier,
    project,
    namespace,
    stage,
    provides: [],
    needs,
    source: { kind: 'rendered' },
    objects: objects.map(({ object }) => object),
  };
  return { unit, objects };
}

function namespacesOf(cluster: Cluster) {
  return [
    { name: cluster.namespace, meshed: cluster.mesh, quota: cluster.quota },
    { name: EXTERNAL_SECRETS_NAMESPACE, meshed: false, quota: EXTERNAL_SECRETS_QUOTA },
  ];
}

/** A workload with a database calls the pooler: said once, by its `database`. */
function withPooler(cluster: Cluster, workloads: readonly ResolvedWorkload[]): readonly ResolvedWorkload[] {
  const call = new WorkloadCall(pgbouncerName(cluster.platform), PGBOUNCER_PORT_NAME, {});
  return workloads.map((workload) =>
    workload.props.database === undefined ? workload : { ...workload, calls: [...workload.calls, call] },
  );
}
