import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import type { NamespaceProps } from '../namespaces/chart';
import type { Graph } from '../network';
import type { PlatformComponent } from '../platform/component';
import { MeshIdentityChart } from './identity';
import { CNI_NAMESPACE, LINKERD_NAMESPACE } from './names';
import { linkerdNetwork } from './network';
import type { LinkerdProps } from './props';
import { CNI_REQUESTS, linkerdCni, linkerdControlPlane, linkerdCrds, MESH_IDENTITY } from './units';

export * from './names';
export type { LinkerdProps, ProxyTracing, TrustAnchors } from './props';
export { type LinkerdValues, linkerdValues } from './values';

/**
 * The mesh: definitions, roots and issuer, control plane and, where the cluster chose it (`meshCni`), the CNI plugin. Pods of namespaces
 * with meshed parties are injected.
 */
export function linkerd(cluster: Cluster, props: LinkerdProps = {}): PlatformComponent {
  const cni = cluster.meshCni === true;
  return {
    runs: [catalogue['linkerd-crds'], catalogue.linkerd, ...(cni ? [catalogue['linkerd-cni']] : [])],
    namespaces: [controlPlaneNamespace(cluster), ...(cni ? [cniNamespace(cluster)] : [])],
    network: linkerdNetwork(cluster),
    deliver: (app, graph) => [
      { unit: linkerdCrds(cluster) },
      {
        chart: new MeshIdentityChart(app, 'linkerd-identity', cluster, props),
        namespace: LINKERD_NAMESPACE,
        stage: 'mesh',
        provides: [MESH_IDENTITY],
        needs: [service('cert-manager'), service('trust-manager')],
      },
      ...(cni ? [{ unit: linkerdCni(cluster) }] : []),
      { unit: linkerdControlPlane(cluster, props, meshedNamespaces(graph)) },
    ],
  };
}

/** Namespaces in which pods of the graph are meshed, sorted. */
const meshedNamespaces = ({ parties }: Graph): readonly string[] =>
  [...new Set(parties.flatMap(({ meshed, namespace }) => (meshed ? [namespace] : [])))].sort();

function controlPlaneNamespace(cluster: Cluster): NamespaceProps {
  return {
    name: LINKERD_NAMESPACE,
    // Its pods have proxies, but the chart puts them there itself.
    meshed: false,
    quota: cluster.environment.highAvailability ? { cpu: '4', memory: '2Gi', pods: 20 } : { cpu: '1500m', memory: '1Gi', pods: 10 },
    labels: { 'linkerd.io/control-plane-ns': LINKERD_NAMESPACE, 'linkerd.io/is-control-plane': 'true' },
    annotations: { 'linkerd.io/inject': 'disabled' },
    ...(cluster.meshCni === true
      ? {}
      : {
          podSecurity: {
            enforce: 'privileged' as const,
            why: "The control plane's own proxies have the init container that needs NET_ADMIN and NET_RAW.",
            meshInitOnly: true,
          },
        }),
  };
}

/** A pod on every node there may be, and one more on each while it is replaced. */
function cniNamespace({ nodeGroups }: Cluster): NamespaceProps {
  const nodes = nodeGroups.reduce((sum, { size }) => sum + size.max, 0);
  return {
    name: CNI_NAMESPACE,
    meshed: false,
    quota: { cpu: `${CNI_REQUESTS.cpu * (nodes + 1)}m`, memory: `${CNI_REQUESTS.memory * (nodes + 1)}Mi`, pods: nodes + 2 },
    labels: { 'linkerd.io/cni-resource': 'true' },
    annotations: { 'linkerd.io/inject': 'disabled' },
    podSecurity: {
      enforce: 'privileged',
      why: "The plugin writes into the node's directories for CNI (hostPath), which pods of no other level may.",
    },
  };
}
