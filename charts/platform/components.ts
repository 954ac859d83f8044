import { actionsRunner } from '../actions-runner';
import { argoCd } from '../argo-cd';
import { argoRollouts } from '../argo-rollouts';
import { awsLoadBalancerController, rendersAwsLoadBalancerController } from '../aws-load-balancer-controller';
import { certManager } from '../cert-manager';
import { certificates } from '../certificates';
import type { Cluster } from '../cluster';
import { clusterAutoscaler } from '../cluster-autoscaler';
import { ingressOf, publicGateway } from '../exposure';
import { externalDns } from '../external-dns';
import { externalSecrets } from '../external-secrets';
import { gatewayApi } from '../gateway-api';
import { ingressNginx } from '../ingress-nginx';
import { keda } from '../keda';
import { linkerd } from '../linkerd';
import { metricsServer } from '../metrics-server';
import type { PodParty } from '../network';
import { logs, meshTracing, traces } from '../otel-collector';
import { overprovisioning } from '../overprovisioning';
import { snapshotController } from '../snapshot-controller';
import { storageClasses } from '../storage-classes';
import { trustManager } from '../trust-manager';
import { velero } from '../velero';
import { workloadsNetwork } from '../workload/edges';
import type { ResolvedWorkload } from '../workload/resolve';
import type { PlatformComponent } from './component';
import { monitoring } from './monitoring';

/** The third-party components of a cluster, as it chose them. @throws when a choice contradicts another, or the contract */
export function componentsOf(cluster: Cluster, workloads: readonly ResolvedWorkload[]): readonly PlatformComponent[] {
  const { components: choices } = cluster;
  const ingress = ingressOf(cluster).kind;
  const others = [
    argoCd(cluster, choices.argoCd),
    externalSecrets(cluster),
    gatewayApi(cluster),
    certManager(cluster),
    certificates(cluster, choices.acme === undefined ? {} : { acme: choices.acme }),
    ...(cluster.mesh ? [trustManager(cluster), linkerd(cluster, { ...meshTracing(cluster, choices.traces), ...choices.mesh })] : []),
    ...(rendersAwsLoadBalancerController(cluster) ? [awsLoadBalancerController(cluster)] : []),
    ...(ingress === 'nginx' ? [ingressNginx(cluster)] : []),
    ...(ingress === 'gateway' ? [publicGateway(cluster, workloads)] : []),
    // A Gateway's hosts stand in its routes.
    externalDns(cluster, { ...(ingress === 'gateway' ? { sources: ['gateway-httproute', 'service'] } : {}), ...choices.dns }),
    metricsServer(cluster),
    clusterAutoscaler(cluster),
    ...(choices.overprovisioning === undefined ? [] : [overprovisioning(cluster, choices.overprovisioning)]),
    snapshotController(cluster),
    storageClasses(cluster, choices.storage),
    ...(choices.velero === undefined ? [] : [velero(cluster, choices.velero)]),
    ...(choices.argoRollouts === true ? [argoRollouts(cluster)] : []),
    ...(choices.keda === undefined ? [] : [keda(cluster, choices.keda)]),
    ...(choices.actionsRunner === undefined ? [] : [actionsRunner(cluster, choices.actionsRunner)]),
    ...(choices.logs === undefined ? [] : logs(cluster, choices.logs)),
  ];
  const tracing = (proxied: readonly PodParty[]) => (choices.traces === undefined ? [] : traces(cluster, choices.traces, proxied));
  // Alerts follow from what runs.
  const watching = choices.monitoring === undefined ? [] : monitoring(cluster, choices.monitoring, [...others, ...tracing([])], workloads);
  const all = [...others, ...watching];
  // The proxies of all these pods send spans.
  return [
    ...all,
    ...tracing([workloadsNetwork(cluster, workloads), ...all.map(({ network }) => network)].flatMap(({ parties }) => parties)),
  ];
}
