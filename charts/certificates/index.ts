import { CERT_MANAGER_NAMESPACE } from '../cert-manager/names';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { AcmeIssuersChart, type AcmeProps } from './acme';
import { CertificateAuthorityChart } from './authority';

export type { AcmeProps } from './acme';
export { ROOT_DURATION, ROOT_RENEW_BEFORE } from './authority';
export * from './names';
export * from './server';

/** Who signs certificates in a cluster. */
export interface CertificatesProps {
  /** @default - no certificates that browsers trust: all public hosts end at load balancers of AWS */
  readonly acme?: AcmeProps;
}

/**
 * The cluster's issuers. Those of Let's Encrypt have no stage: an account that cannot be registered holds up the hosts that need it, and
 * not the mesh.
 */
export function certificates(cluster: Cluster, { acme }: CertificatesProps = {}): PlatformComponent {
  const needs = [service('cert-manager')];
  return {
    runs: [],
    namespaces: [],
    network: { parties: [], edges: [] },
    deliver: (app) => [
      { chart: new CertificateAuthorityChart(app, 'certificate-authority', cluster), namespace: CERT_MANAGER_NAMESPACE, needs },
      ...(acme === undefined
        ? []
        : [{ chart: new AcmeIssuersChart(app, 'acme-issuers', cluster, acme), namespace: CERT_MANAGER_NAMESPACE, needs }]),
    ],
  };
}
