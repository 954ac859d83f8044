import type { KubeObject } from '../../../synth/object';
import type { Client } from './client';
import type { StandIn } from './secrets';

/** What a Certificate asks for. */
interface CertificateSpec {
  readonly secretName: string;
  readonly issuerRef: { readonly name: string; readonly kind?: string };
}

/** What an issuer says of the way in which it signs. */
interface IssuerSpec {
  readonly acme?: object;
  readonly selfSigned?: object;
  readonly ca?: { readonly secretName: string };
}

/** Plays cert-manager. */
export interface CertManager {
  /** Issues what can be issued by now: new Certificates, and those that waited. */
  see(stored: readonly KubeObject[]): Promise<void>;
  /** Certificates that have no Secret, with what they wait for. */
  waiting(): readonly string[];
}

/** Where cert-manager runs: it is there that a ClusterIssuer's Secret is. */
const NAMESPACE = 'cert-manager';

/** Makes the Secrets of Certificates once the controller runs, the issuer is there, and so is the Secret of its authority. */
export function certManager(client: Client): CertManager {
  const waiting = new Map<KubeObject, string>();

  const found = async (path: string) => {
    const { status, body } = await client.request('GET', path);
    return status === 200 ? body : undefined;
  };
  /** Why a Certificate is not issued; its Secret is made otherwise. */
  const issue = async (certificate: KubeObject): Promise<string | undefined> => {
    const { namespace = 'default' } = certificate.metadata;
    const { name, kind = 'Issuer' } = (certificate.spec as unknown as CertificateSpec).issuerRef;
    const controller = await found(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/cert-manager`);
    if ((controller?.status?.availableReplicas ?? 0) === 0) return 'cert-manager does not run';
    const inside = kind === 'Issuer' ? `namespaces/${namespace}/issuers` : 'clusterissuers';
    const issuer: IssuerSpec | undefined = (await found(`/apis/cert-manager.io/v1/${inside}/${name}`))?.spec;
    if (issuer === undefined) return `${kind} ${name} does not exist`;
    if (issuer.ca !== undefined) {
      const home = kind === 'Issuer' ? namespace : NAMESPACE;
      const authority = await found(`/api/v1/namespaces/${home}/secrets/${issuer.ca.secretName}`);
      if (authority === undefined) return `Secret ${home}/${issuer.ca.secretName} of ${kind} ${name} does not exist`;
    }
    const secret = certificateSecret(certificate, issuer);
    await client.request('POST', `/api/v1/namespaces/${namespace}/secrets`, { body: JSON.stringify(secret) });
    return undefined;
  };

  return {
    async see(stored) {
      for (const object of stored.filter(({ kind }) => kind === 'Certificate')) waiting.set(object, 'not looked at yet');
      // One may wait for the Secret of another.
      for (let before = -1; before !== waiting.size; ) {
        before = waiting.size;
        for (const certificate of waiting.keys()) {
          const reason = await issue(certificate);
          if (reason === undefined) waiting.delete(certificate);
          else waiting.set(certificate, reason);
        }
      }
    },
    waiting: () => [...waiting].map(([{ metadata }, reason]) => `Certificate ${metadata.namespace}/${metadata.name}: ${reason}`),
  };
}

/** The Secret of a Certificate: an ACME server gives no certificate of its authority. */
export function certificateSecret(certificate: KubeObject, issuer: IssuerSpec): StandIn & { readonly type: 'kubernetes.io/tls' } {
  const keys = ['tls.crt', 'tls.key', ...(issuer.acme === undefined ? ['ca.crt'] : [])];
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name: (certificate.spec as unknown as CertificateSpec).secretName, namespace: certificate.metadata.namespace ?? 'default' },
    stringData: Object.fromEntries(keys.map((key) => [key, 'stand-in'])),
  };
}
