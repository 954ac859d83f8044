import type { App } from 'cdk8s';
import { ClusterIssuer } from '../../imports/cert-manager.io';
import { customResource } from '../../imports/custom-resource';
import { NamedChart } from '../../synth/collect';
import { hostedZone } from '../aws/refs';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';
import { ISSUERS } from './names';

/** Certificates that browsers trust, from Let's Encrypt. */
export interface AcmeProps {
  /** Where Let's Encrypt writes to about the account. */
  readonly email: string;
  /** Hosted zones of the contract whose hosts may have certificates, by name. @default - `public` */
  readonly zones?: readonly string[];
}

const SERVERS = [
  { name: ISSUERS.production, server: 'https://acme-v02.api.letsencrypt.org/directory' },
  { name: ISSUERS.staging, server: 'https://acme-staging-v02.api.letsencrypt.org/directory' },
] as const;

/**
 * The ClusterIssuers of Let's Encrypt; one Argo CD Application. Who may have a certificate is proved by records in Route 53, which the
 * controller writes with its own IAM role: no port of the cluster has to be open to the world for it.
 */
export class AcmeIssuersChart extends NamedChart {
  /** @throws when a zone is private: Let's Encrypt could not see its records */
  constructor(scope: App, id: string, cluster: Cluster, { email, zones = ['public'] }: AcmeProps) {
    super(scope, id);
    const solvers = zones.map((name) => {
      const zone = hostedZone(cluster.aws, name);
      if (zone.private) {
        throw new Error(
          `${cluster.aws.file}: hostedZones.${name} is private, so Let's Encrypt cannot see its records. Name a public zone, or take certificates from the issuer "${ISSUERS.clusterCa}".`,
        );
      }
      return {
        selector: { dnsZones: [zone.domain] },
        dns01: { route53: { region: cluster.aws.data.region, hostedZoneID: zone.id } },
      };
    });
    for (const { name, server } of SERVERS) {
      customResource(this, name, ClusterIssuer, {
        metadata: { name, labels: { ...standardLabels('acme-issuers', 'platform', cluster.platform) } },
        spec: { acme: { email, server, privateKeySecretRef: { name: `${name}-account` }, solvers } },
      });
    }
  }
}
