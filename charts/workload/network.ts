import { k8s } from 'cdk8s-plus-28';
import { database, endpoint, redis } from '../aws/refs';
import type { Cluster } from '../cluster';
import { roleArn } from './bindings';
import { DatabaseCall, EndpointCall, WorkloadCall } from './calls';
import type { WorkloadContext } from './context';
import { firstPort, INGRESS_NAMESPACE } from './exposure';
import { type Labels, labelsOf, selectorOf, standardLabels, standardSelector } from './labels';
import { isMeshed } from './mesh';
import { migrationName } from './migration';
import { MONITORING_NAMESPACE } from './monitoring';
import * as peers from './peers';
import { portNumber } from './ports';

/**
 * The NetworkPolicy of a workload: who may reach which of its ports, and where it may go. It is derived from the declared calls at
 * both ends; everything else is denied by the namespace's default policy.
 */
export function networkPolicy(context: WorkloadContext): void {
  const { scope, workload, cluster } = context;
  policy(
    scope,
    'network-policy',
    workload.name,
    cluster,
    labelsOf(workload, cluster.platform),
    selectorOf(workload, cluster.platform),
    ingress(context),
    egress(context),
  );
  if (workload.kind !== 'cronJob' && workload.props.migration !== undefined && workload.props.database !== undefined) {
    const name = migrationName(workload.name);
    const { port } = database(cluster.aws, workload.props.database.name);
    policy(
      scope,
      'migration-network-policy',
      name,
      cluster,
      standardLabels(name, 'migration', cluster.platform),
      standardSelector(name, cluster.platform),
      [],
      [
        peers.dns(),
        ...(isMeshed(cluster, 'job') ? peers.meshControlPlane() : []),
        { to: peers.databaseSubnets(cluster), ports: [peers.tcp(port)] },
      ],
    );
  }
}

function policy(
  scope: WorkloadContext['scope'],
  id: string,
  name: string,
  cluster: Cluster,
  labels: Labels,
  selector: Labels,
  ingressRules: k8s.NetworkPolicyIngressRule[],
  egressRules: k8s.NetworkPolicyEgressRule[],
): void {
  new k8s.KubeNetworkPolicy(scope, id, {
    metadata: { name, namespace: cluster.namespace, labels },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      // The API server stores an empty list as none: rendering it would make every sync a new generation.
      ingress: ingressRules.length === 0 ? undefined : ingressRules,
      egress: egressRules,
    },
  });
}

function ingress({ workload, cluster, callers }: WorkloadContext): k8s.NetworkPolicyIngressRule[] {
  if (workload.kind === 'cronJob') return [];
  const meshed = isMeshed(cluster, 'running');
  const open = (name: string, asks: string, fromMesh = meshed) => peers.ports([portNumber(workload, name, asks)], meshed && fromMesh);
  const rules: k8s.NetworkPolicyIngressRule[] = callers.map(({ selector, port, meshed: fromMesh }) => ({
    from: [{ podSelector: { matchLabels: selector } }],
    ports: open(port, 'ports', fromMesh),
  }));
  if (workload.kind === 'service' && workload.props.expose !== undefined) {
    rules.push({
      from: [peers.namespace(INGRESS_NAMESPACE)],
      ports: open(workload.props.expose.port ?? firstPort(workload.props.ports), 'expose.port'),
    });
  }
  if (workload.props.metrics !== undefined) {
    // Prometheus reads the workload's metrics and, beside them, those of its proxy.
    rules.push({
      from: [peers.namespace(MONITORING_NAMESPACE)],
      ports: [...open(workload.props.metrics.port, 'metrics.port'), ...(meshed ? [peers.tcp(peers.PROXY_ADMIN_PORT)] : [])],
    });
  }
  return rules;
}

function egress({ workload, cluster, calls, callees }: WorkloadContext): k8s.NetworkPolicyEgressRule[] {
  const meshed = isMeshed(cluster, workload.kind === 'cronJob' ? 'job' : 'running');
  const { props } = workload;
  const rules: k8s.NetworkPolicyEgressRule[] = [peers.dns(), ...(meshed ? peers.meshControlPlane() : [])];
  for (const call of calls) {
    if (call instanceof WorkloadCall) {
      const callee = callees.get(call.workload);
      if (callee?.kind !== 'service') continue;
      const number = callee.props.ports[call.port];
      rules.push({
        to: [{ podSelector: { matchLabels: selectorOf(callee, cluster.platform) } }],
        ports: peers.ports(number === undefined ? [] : [number], meshed),
      });
    } else if (call instanceof DatabaseCall) {
      rules.push({ to: peers.databaseSubnets(cluster), ports: [peers.tcp(database(cluster.aws, call.database).port)] });
    } else if (call instanceof EndpointCall) {
      rules.push({ to: peers.internet(cluster), ports: [peers.tcp(endpoint(cluster.aws, call.endpoint).port)] });
    }
  }
  if (props.redis !== undefined)
    rules.push({ to: peers.databaseSubnets(cluster), ports: [peers.tcp(redis(cluster.aws, props.redis).port)] });
  if (props.kubernetesApi === true) rules.push(peers.kubernetesApi(cluster));
  // A role is assumed, and used, over AWS's APIs.
  if (roleArn(workload, cluster) !== undefined) rules.push({ to: peers.awsApis(cluster), ports: [peers.tcp(443)] });
  return merged(rules);
}

/** Rules with one set of peers become one rule, in the order of their first appearance. */
function merged(rules: readonly k8s.NetworkPolicyEgressRule[]): k8s.NetworkPolicyEgressRule[] {
  const byPeers = new Map<string, k8s.NetworkPolicyEgressRule>();
  for (const rule of rules) {
    const key = JSON.stringify(rule.to);
    const known = byPeers.get(key);
    const ports = new Map([...(known?.ports ?? []), ...(rule.ports ?? [])].map((port) => [JSON.stringify(port), port]));
    byPeers.set(key, { to: rule.to, ports: [...ports.values()] });
  }
  return [...byPeers.values()];
}
