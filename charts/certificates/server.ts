import type { Construct } from 'constructs';
import { Certificate } from '../../imports/cert-manager.io';
import { customResource } from '../../imports/custom-resource';
import type { Labels } from '../workload/labels';
import { ISSUERS } from './names';

interface ServerCertificateProps {
  /** Name of the Certificate. */
  readonly name: string;
  readonly namespace: string;
  /** Secret, of type `kubernetes.io/tls`, that cert-manager fills. */
  readonly secretName: string;
  readonly labels: Labels;
  /** @default - none */
  readonly annotations?: Labels;
}

/** A certificate for one public host. */
export interface HostCertificateProps extends ServerCertificateProps {
  /** Full name of the host: `api.authorworks.example`. */
  readonly host: string;
  /** @default 'letsencrypt' */
  readonly issuer?: typeof ISSUERS.production | typeof ISSUERS.staging;
  /** Whether the host may be a wildcard, whose key speaks for every host of the zone. @default false */
  readonly wildcard?: boolean;
}

/** A certificate for a Service that the API server calls. */
export interface ServiceCertificateProps extends ServerCertificateProps {
  /** Name of the Service, in the same namespace. */
  readonly service: string;
}

/**
 * The Certificate of one public host, trusted by browsers. Renewed after two thirds of its life, whatever life Let's Encrypt gives it.
 * @throws when the host is a wildcard and nobody asked for one
 */
export function hostCertificate(scope: Construct, id: string, props: HostCertificateProps): void {
  const { host, issuer = ISSUERS.production, wildcard = false } = props;
  if (host.startsWith('*') && !wildcard) {
    throw new Error(
      `${scope.node.path}: host "${host}" is a wildcard, whose key speaks for every host of the zone. Name the host itself, or set \`wildcard: true\`.`,
    );
  }
  serverCertificate(scope, id, props, [host], issuer);
}

/** The Certificate of a Service, by the cluster's own CA. Annotate what calls it with `cert-manager.io/inject-ca-from: <namespace>/<name>`. */
export function serviceCertificate(scope: Construct, id: string, props: ServiceCertificateProps): void {
  const name = `${props.service}.${props.namespace}.svc`;
  serverCertificate(scope, id, props, [name, `${name}.cluster.local`], ISSUERS.clusterCa);
}

function serverCertificate(
  scope: Construct,
  id: string,
  { name, namespace, secretName, labels, annotations }: ServerCertificateProps,
  dnsNames: readonly string[],
  issuer: string,
): void {
  customResource(scope, id, Certificate, {
    metadata: { name, namespace, labels: { ...labels }, ...(annotations === undefined ? {} : { annotations: { ...annotations } }) },
    spec: {
      dnsNames,
      secretName,
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth'],
      revisionHistoryLimit: 1,
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
    },
  });
}
