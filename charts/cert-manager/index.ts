import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { CertManagerChart, ReleaseCrdsChart } from './chart';
import { CERT_MANAGER_NAMESPACE } from './names';
import { certManagerNetwork } from './network';

export { ReleaseCrdsChart } from './chart';
export * from './names';

/** What cert-manager and trust-manager may request together, with room for a rollout of each. */
const QUOTA = { cpu: '500m', memory: '2Gi', pods: 25 } as const;

/**
 * cert-manager: makes and renews certificates. `service cert-manager` stands once its webhook answers, so issuers and Certificates
 * need it.
 */
export function certManager(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['cert-manager']],
    namespaces: [{ name: CERT_MANAGER_NAMESPACE, meshed: false, quota: QUOTA }],
    network: certManagerNetwork(cluster),
    deliver: (app, { edges }) => [
      {
        chart: new ReleaseCrdsChart(app, 'cert-manager-crds', cluster, catalogue['cert-manager']),
        // Definitions have no namespace, and come before the namespaces are made.
        namespace: 'default',
        stage: 'crds',
        provides: [crds('cert-manager.io'), crds('acme.cert-manager.io')],
        clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
      },
      {
        chart: new CertManagerChart(app, 'cert-manager', cluster, edges),
        namespace: CERT_MANAGER_NAMESPACE,
        stage: 'cert-manager',
        provides: [service('cert-manager')],
        needs: [crds('cert-manager.io'), crds('acme.cert-manager.io')],
      },
    ],
  };
}
