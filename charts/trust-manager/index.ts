import { catalogue } from '../catalogue';
import { CERT_MANAGER_NAMESPACE, ReleaseCrdsChart } from '../cert-manager';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';
import { apiServer, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';
import type { PlatformComponent } from '../platform/component';
import { chartSource } from '../platform/pinned';
import { trustManagerValues } from './values';

export { type TrustManagerValues, trustManagerValues } from './values';

const GROUP = 'trust.cert-manager.io';

/** Its pods, as the chart makes them. They stand outside the mesh, whose roots they hand out. */
const PODS: PodParty = {
  name: 'trust-manager',
  namespace: CERT_MANAGER_NAMESPACE,
  selector: { app: 'trust-manager' },
  serviceAccount: 'trust-manager',
  meshed: false,
  ports: { webhook: { number: 6443 }, metrics: { number: 9402 } },
  foreign: true,
};

function network(cluster: Cluster): NetworkPart {
  const { caller, callee } = apiServer(cluster);
  return {
    parties: [PODS],
    edges: [
      ...commonEdges(PODS, cluster),
      { from: PODS, to: callee, port: 443 },
      { from: caller, to: PODS, port: 'webhook' },
      { from: prometheus(cluster), to: PODS, port: 'metrics', direct: true },
    ],
  };
}

function unit(cluster: Cluster): Unit {
  return {
    name: 'trust-manager',
    tier: 'platform',
    project: 'platform',
    namespace: CERT_MANAGER_NAMESPACE,
    provides: [service('trust-manager')],
    needs: [namespace(CERT_MANAGER_NAMESPACE), service('cert-manager'), crds(GROUP), crds('monitoring.coreos.com')],
    source: chartSource(catalogue['trust-manager'], cluster, trustManagerValues(cluster)),
    objects: [],
    clusterKinds: [
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
      { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    ],
    namespacedKinds: [
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'cert-manager.io', kind: 'Certificate' },
      { group: 'cert-manager.io', kind: 'Issuer' },
      { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
      { group: 'policy', kind: 'PodDisruptionBudget' },
      { group: 'rbac.authorization.k8s.io', kind: 'Role' },
      { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
    ],
  };
}

/** trust-manager: puts CA certificates into ConfigMaps of the namespaces that need them. It lives in cert-manager's namespace. */
export function trustManager(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['trust-manager']],
    namespaces: [],
    network: network(cluster),
    deliver: (app) => [
      {
        chart: new ReleaseCrdsChart(app, 'trust-manager-crds', cluster, catalogue['trust-manager']),
        // Definitions have no namespace, and come before the namespaces are made.
        namespace: 'default',
        stage: 'crds',
        provides: [crds(GROUP)],
        clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
      },
      { unit: unit(cluster) },
    ],
  };
}
