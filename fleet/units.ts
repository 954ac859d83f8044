import { App, type Chart } from 'cdk8s';
import { AccessChart } from '../charts/access/chart';
import { READINESS_GATE_LABEL } from '../charts/aws-load-balancer-controller';
import { choose, noticesOf, requireCompatible } from '../charts/catalogue';
import type { Cluster } from '../charts/cluster';
import { ingressOf } from '../charts/exposure';
import { EXTERNAL_SECRETS_NAMESPACE } from '../charts/external-secrets';
import { protectFromDeletion, service, type Tier, type Unit } from '../charts/gitops';
import { NamespacesChart } from '../charts/namespaces/chart';
import { type Graph, graphOf, policiesOf } from '../charts/network';
import { PgbouncerChart } from '../charts/pgbouncer/chart';
import { PGBOUNCER_PORT_NAME, pgbouncerName } from '../charts/pgbouncer/names';
import { type PooledWorkload, pooled } from '../charts/pgbouncer/pooled';
import { pgbouncer } from '../charts/pgbouncer/workload';
import type { Delivery, PlatformComponent, RenderedDelivery } from '../charts/platform/component';
import { componentsOf } from '../charts/platform/components';
import { PriorityClassesChart } from '../charts/priority-classes/chart';
import { prometheusOperatorCrds } from '../charts/prometheus-operator-crds/unit';
import { SecretStoresChart } from '../charts/secret-stores/chart';
import { WorkloadCall } from '../charts/workload/calls';
import { WorkloadChart } from '../charts/workload/chart';
import { workloadsNetwork } from '../charts/workload/edges';
import { standardLabels } from '../charts/workload/labels';
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
  /** What people should know of the components' releases, although they render. */
  readonly notices: readonly string[];
}

/** Rendered last, since it lists who asks for secrets. */
const SECRET_STORES_NAME = 'secret-stores';

/** Everything that runs in a cluster, as units of Argo CD; the Applications themselves follow from it. */
export function unitsOf(cluster: Cluster, workloads: readonly ResolvedWorkload[]): ClusterUnits {
  const app = new App();
  const pools = pooled(workloads);
  const all = pools.length === 0 ? workloads : [...withPooler(cluster, workloads), pgbouncer(cluster, pools)];
  const components = componentsOf(cluster, all);
  const chosen = choose(
    components.flatMap(({ runs }) => runs),
    cluster,
  );
  requireCompatible(chosen, cluster.name);
  const graph = graphOf(cluster, [workloadsNetwork(cluster, all), ...components.map(({ network }) => network)]);
  const platform = platformUnits(app, cluster, components, graph);
  refuseSharedNames([...platform.map(({ unit }) => unit.name), SECRET_STORES_NAME], all);
  const product = workloadUnits(app, cluster, all, pools, graph);
  const units = [...platform, ...product];
  // Stores serve the namespaces that ask for secrets, and no other.
  const stores = new SecretStoresChart(app, SECRET_STORES_NAME, cluster, secretNamespaces(units));
  return {
    units: [...units, rendered(stores, cluster, 'platform', EXTERNAL_SECRETS_NAMESPACE, { needs: [service('external-secrets')] })],
    workloads: all,
    graph,
    notices: noticesOf(chosen),
  };
}

/** Units of the cluster's components, and of what they and the workloads stand on. */
function platformUnits(app: App, cluster: Cluster, components: readonly PlatformComponent[], graph: Graph): readonly RenderedUnit[] {
  const { edges } = graph;
  const own = components.flatMap(({ namespaces }) => namespaces);
  const product = {
    name: cluster.namespace,
    meshed: cluster.mesh,
    quota: cluster.quota,
    // Its pods wait until the load balancer has taken them up: only then does a rollout cost no request.
    ...(ingressOf(cluster).kind === 'alb' ? { labels: { [READINESS_GATE_LABEL]: 'enabled' } } : {}),
  };
  // Policies of pods that charts of others bring stand with their namespaces: before the pods, which could not start without them.
  const namespaces = new NamespacesChart(app, 'namespaces', cluster, [product, ...own], edges);
  const labels = standardLabels('namespaces', 'platform', cluster.platform);
  for (const party of components.flatMap(({ network }) => network.parties)) {
    if (party.foreign === true) policiesOf(namespaces, `network-${party.namespace}-${party.name}`, party, edges, labels);
  }
  const access = new AccessChart(
    app,
    'access',
    cluster,
    own.map(({ name }) => name),
  );
  return [
    { unit: prometheusOperatorCrds(cluster), objects: [] },
    rendered(namespaces, cluster, 'platform', cluster.namespace, { stage: 'namespaces' }),
    rendered(access, cluster, 'platform', cluster.namespace),
    rendered(new PriorityClassesChart(app, 'priority-classes', cluster), cluster, 'platform', 'default'),
    ...components.flatMap(({ deliver }) => deliver(app, graph)).map((delivery) => delivered(delivery, cluster)),
  ];
}

/** Units of the product's workloads; the pooler in front of their databases belongs to the platform. */
function workloadUnits(
  app: App,
  cluster: Cluster,
  workloads: readonly ResolvedWorkload[],
  pools: readonly PooledWorkload[],
  { edges }: Graph,
): readonly RenderedUnit[] {
  const needs = cluster.mesh ? [service('mesh')] : [];
  return workloads.map((workload) => {
    const props = { cluster, workload, edges };
    const { patches } = workload;
    return workload.name === pgbouncerName(cluster.platform)
      ? rendered(new PgbouncerChart(app, { ...props, pooled: pools }), cluster, 'platform', cluster.namespace, {
          stage: 'data',
          needs,
          patches,
        })
      : rendered(new WorkloadChart(app, props), cluster, 'workloads', cluster.namespace, { needs, patches });
  });
}

/** @throws when a workload has the name of a component's Application */
function refuseSharedNames(taken: readonly string[], workloads: readonly ResolvedWorkload[]): void {
  const shared = workloads.find(({ name }) => taken.includes(name));
  if (shared === undefined) return;
  throw new Error(
    `${shared.key}: the name "${shared.name}" is that of a component; its Application and folder would be one with the workload's. Name the workload otherwise.`,
  );
}

/** Namespaces with ExternalSecrets, sorted. */
function secretNamespaces(units: readonly RenderedUnit[]): readonly string[] {
  const asking = units.flatMap(({ unit }) => unit.objects.filter(({ kind }) => kind === 'ExternalSecret'));
  return [...new Set(asking.flatMap(({ metadata }) => metadata.namespace ?? []))].sort();
}

function delivered(delivery: Delivery, cluster: Cluster): RenderedUnit {
  if ('unit' in delivery) return { unit: delivery.unit, objects: [] };
  const { chart, namespace, ...more } = delivery;
  return rendered(chart, cluster, 'platform', namespace, more);
}

interface Options extends Omit<RenderedDelivery, 'chart' | 'namespace'> {
  readonly patches?: readonly ObjectPatch[];
}

function rendered(
  chart: Chart,
  cluster: Cluster,
  tier: Tier,
  namespace: string,
  { stage, provides = [], needs = [], clusterKinds, patches = [] }: Options = {},
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
    ...(stage === undefined ? {} : { stage }),
    provides,
    needs,
    source: { kind: 'rendered' },
    objects: objects.map(({ object }) => object),
    ...(clusterKinds === undefined ? {} : { clusterKinds }),
  };
  return { unit, objects };
}

/** A workload with a database calls the pooler: said once, by its `database`. */
function withPooler(cluster: Cluster, workloads: readonly ResolvedWorkload[]): readonly ResolvedWorkload[] {
  const call = new WorkloadCall(pgbouncerName(cluster.platform), PGBOUNCER_PORT_NAME, {});
  return workloads.map((workload) =>
    workload.props.database === undefined ? workload : { ...workload, calls: [...workload.calls, call] },
  );
}
