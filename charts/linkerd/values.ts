import { catalogue, compareVersions, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { podNetworks } from '../network';
import { type ChartPlacement, chartPlacement } from '../platform/pinned';
import { PROXY_RESOURCES } from '../workload/mesh';
import { CLUSTER_DOMAIN, LINKERD_NAMESPACE, WEBHOOKS } from './names';
import type { LinkerdProps, ProxyTracing } from './props';

/** Resources as the chart writes them. */
type ChartResources = {
  readonly cpu: { readonly request: string; readonly limit?: string };
  readonly memory: { readonly request: string; readonly limit: string };
};

type Webhook = { readonly externalSecret: true; readonly injectCaFrom: string };

/** Values of the chart `linkerd-control-plane` that we set. */
export type LinkerdValues = {
  readonly linkerdVersion: string;
  readonly clusterDomain: string;
  readonly identityTrustDomain: string;
  readonly controllerReplicas: number;
  readonly controllerLogFormat: 'json';
  readonly disableHeartBeat: true;
  readonly cniEnabled: boolean;
  readonly priorityClassName: string;
  readonly nodeAffinity: ChartPlacement['nodeAffinity'];
  readonly tolerations: ChartPlacement['tolerations'];
  readonly highAvailability: boolean;
  readonly enablePodAntiAffinity: boolean;
  readonly enablePodDisruptionBudget: boolean;
  readonly deploymentStrategy: { readonly rollingUpdate: { readonly maxUnavailable: number; readonly maxSurge: number } };
  readonly webhookFailurePolicy: 'Fail';
  readonly identity: { readonly externalCA: true; readonly issuer: { readonly scheme: 'kubernetes.io/tls' } };
  readonly proxyInjector: Webhook & {
    readonly namespaceSelector: {
      readonly matchExpressions: readonly { readonly key: string; readonly operator: 'In'; readonly values: readonly string[] }[];
    };
  };
  readonly profileValidator: Webhook;
  readonly policyValidator: Webhook;
  readonly policyController: { readonly probeNetworks: readonly string[]; readonly resources: ChartResources };
  readonly destinationResources: ChartResources;
  readonly identityResources: ChartResources;
  readonly proxyInjectorResources: ChartResources;
  readonly spValidatorResources: ChartResources;
  readonly proxy: {
    readonly accessLog: 'json';
    readonly logFormat: 'json';
    readonly defaultInboundPolicy: 'deny';
    readonly nativeSidecar: false;
    readonly resources: ChartResources;
    readonly tracing?: {
      readonly enabled: true;
      readonly collector: {
        readonly endpoint: string;
        readonly meshIdentity: { readonly serviceAccountName: string; readonly namespace: string };
      };
    };
    readonly additionalEnv?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly proxyInit: { readonly iptablesMode: 'nft'; readonly logFormat: 'json'; readonly resources: ChartResources };
  readonly podMonitor: {
    readonly enabled: true;
    readonly controller: { readonly enabled: true; readonly namespaceSelector: string };
    readonly proxy: { readonly enabled: true };
    readonly serviceMirror: { readonly enabled: false };
  };
};

/** Version of the chart since which it has values for spans. */
const TRACING_SINCE = '2025.10.7';

/** The given resources of the init container. The chart sizes it as the proxy, so they are written down and without effect. */
const INIT_RESOURCES: ChartResources = { cpu: { limit: '100m', request: '10m' }, memory: { limit: '50Mi', request: '10Mi' } };

/** Most pods of a control plane in its HA form are on nodes of their own. */
export const HA_REPLICAS = 3;

/**
 * The chart's values for a cluster. Certificates come from elsewhere, so that no key is rendered and nothing differs from one rendering
 * to the next.
 * @param meshed - namespaces whose pods are injected
 * @throws when the HA form does not fit the first node group
 */
export function linkerdValues(cluster: Cluster, { tracing }: LinkerdProps, meshed: readonly string[]): LinkerdValues {
  const ha = cluster.environment.highAvailability;
  if (ha) requireNodes(cluster);
  const { chart, version } = releaseFor(catalogue.linkerd, cluster);
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  // Upstream's of its HA form; a cluster without it has a handful of proxies.
  const cpu = ha ? '100m' : '20m';
  const sized = (memory: string): ChartResources => ({ cpu: { request: cpu }, memory: { request: memory, limit: '250Mi' } });
  const webhook = (name: string): Webhook => ({ externalSecret: true, injectCaFrom: `${LINKERD_NAMESPACE}/${name}` });
  return {
    linkerdVersion: version,
    clusterDomain: CLUSTER_DOMAIN,
    identityTrustDomain: CLUSTER_DOMAIN,
    controllerReplicas: ha ? HA_REPLICAS : 1,
    controllerLogFormat: 'json',
    // It would tell Linkerd's makers about the cluster once a day.
    disableHeartBeat: true,
    cniEnabled: cluster.meshCni === true,
    priorityClassName: 'system-cluster-critical',
    nodeAffinity,
    tolerations,
    highAvailability: ha,
    enablePodAntiAffinity: ha,
    enablePodDisruptionBudget: ha,
    // Three pods on three nodes leave no room for a fourth; one alone has to be replaced before it goes.
    deploymentStrategy: { rollingUpdate: ha ? { maxUnavailable: 1, maxSurge: 1 } : { maxUnavailable: 0, maxSurge: 1 } },
    // A pod without its proxy would be cut off from the others: better that it waits for the injector. Only meshed namespaces wait.
    webhookFailurePolicy: 'Fail',
    identity: { externalCA: true, issuer: { scheme: 'kubernetes.io/tls' } },
    proxyInjector: {
      ...webhook(WEBHOOKS.proxyInjector),
      // Named one by one: kube-system, cert-manager, the mesh itself and whatever else is outside never wait for it.
      namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: meshed }] },
    },
    profileValidator: webhook(WEBHOOKS.profileValidator),
    policyValidator: webhook(WEBHOOKS.policyValidator),
    policyController: {
      // Probes need no identity; kubelets live where pods do, in the private subnets.
      probeNetworks: podNetworks(cluster),
      resources: sized('50Mi'),
    },
    destinationResources: sized('50Mi'),
    identityResources: sized('10Mi'),
    proxyInjectorResources: sized('50Mi'),
    spValidatorResources: sized('50Mi'),
    proxy: {
      accessLog: 'json',
      logFormat: 'json',
      // As the annotation of every meshed namespace says too.
      defaultInboundPolicy: 'deny',
      // An init container that outlives the others is for Jobs, whose pods ask for it by annotation.
      nativeSidecar: false,
      resources: {
        cpu: { limit: PROXY_RESOURCES.limits.cpu, request: PROXY_RESOURCES.requests.cpu },
        memory: { limit: PROXY_RESOURCES.limits.memory, request: PROXY_RESOURCES.requests.memory },
      },
      ...(tracing === undefined ? {} : tracingValues(tracing, chart?.version ?? TRACING_SINCE)),
    },
    // Images of newer nodes no longer have the tables of the legacy mode, which older charts take by default.
    proxyInit: { iptablesMode: 'nft', logFormat: 'json', resources: INIT_RESOURCES },
    podMonitor: {
      enabled: true,
      controller: { enabled: true, namespaceSelector: 'matchNames:\n  - {{ .Release.Namespace }}\n' },
      proxy: { enabled: true },
      serviceMirror: { enabled: false },
    },
  };
}

/** Values for spans; the older chart has none, and takes the proxy's own variables. */
function tracingValues(
  { endpoint, serviceAccount, namespace }: ProxyTracing,
  chartVersion: string,
): Pick<LinkerdValues['proxy'], 'tracing' | 'additionalEnv'> {
  if (compareVersions(chartVersion, TRACING_SINCE) >= 0) {
    return { tracing: { enabled: true, collector: { endpoint, meshIdentity: { serviceAccountName: serviceAccount, namespace } } } };
  }
  const identity = `${serviceAccount}.${namespace}.serviceaccount.identity.${LINKERD_NAMESPACE}.${CLUSTER_DOMAIN}`;
  return {
    additionalEnv: [
      { name: 'LINKERD2_PROXY_TRACE_COLLECTOR_SVC_ADDR', value: endpoint },
      { name: 'LINKERD2_PROXY_TRACE_COLLECTOR_SVC_NAME', value: identity },
      { name: 'LINKERD2_PROXY_TRACE_PROTOCOL', value: 'opentelemetry' },
      { name: 'LINKERD2_PROXY_TRACE_SERVICE_NAME', value: 'linkerd-proxy' },
    ],
  };
}

/** The chart puts each pod of a part on a node of its own, or leaves it pending. */
function requireNodes({ name, nodeGroups: [first] }: Cluster): void {
  if (first === undefined || first.size.max >= HA_REPLICAS) return;
  throw new Error(
    `overlays/${name}/cluster.ts: node group "${first.name}" has at most ${first.size.max} nodes, but the mesh's control plane in its HA form wants ${HA_REPLICAS}, each pod on a node of its own. Raise size.max.`,
  );
}
