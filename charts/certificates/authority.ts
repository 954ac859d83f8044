import type { App } from 'cdk8s';
import { Certificate, ClusterIssuer } from '../../imports/cert-manager.io';
import { customResource } from '../../imports/custom-resource';
import { NamedChart } from '../../synth/collect';
import { CERT_MANAGER_NAMESPACE } from '../cert-manager/names';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';
import { ISSUERS } from './names';

/** Ten years, as durations of Go. */
export const ROOT_DURATION = '87600h';
/** A year before its end a root is signed anew, with the same key. */
export const ROOT_RENEW_BEFORE = '8760h';

/**
 * The cluster's own CA, for servers that the API server calls; one Argo CD Application. Its root is signed by its own key, which never
 * leaves its Secret. The mesh has roots of its own.
 */
export class CertificateAuthorityChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster) {
    super(scope, id);
    const labels = { ...standardLabels('certificate-authority', 'platform', cluster.platform) };
    customResource(this, 'self-signed', ClusterIssuer, { metadata: { name: ISSUERS.selfSigned, labels }, spec: { selfSigned: {} } });
    customResource(this, 'root', Certificate, {
      metadata: { name: ISSUERS.clusterCa, namespace: CERT_MANAGER_NAMESPACE, labels },
      spec: {
        isCA: true,
        commonName: `${cluster.aws.data.cluster.name}-ca`,
        secretName: ISSUERS.clusterCa,
        duration: ROOT_DURATION,
        renewBefore: ROOT_RENEW_BEFORE,
        // A new key would make every certificate in use worthless at once.
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
        usages: ['cert sign', 'crl sign'],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: ISSUERS.selfSigned },
      },
    });
    customResource(this, 'issuer', ClusterIssuer, {
      metadata: { name: ISSUERS.clusterCa, labels },
      spec: { ca: { secretName: ISSUERS.clusterCa } },
    });
  }
}
