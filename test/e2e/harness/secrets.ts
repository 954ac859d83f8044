import type { KubeObject } from '../../../synth/object';
import type { Client } from './client';

/** What an ExternalSecret says of the Secret that it makes. */
interface ExternalSecretSpec {
  readonly target?: {
    readonly name?: string;
    readonly template?: { readonly data?: Readonly<Record<string, string>>; readonly mergePolicy?: string };
  };
  readonly data?: readonly { readonly secretKey: string }[];
  readonly dataFrom?: readonly unknown[];
}

/** A Secret of the harness. */
export interface StandIn {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly stringData: Readonly<Record<string, string>>;
}

/**
 * The Secret that External Secrets makes of an ExternalSecret: its keys, with no values. A template's keys replace those of `data`.
 * @throws an Error for `dataFrom` without a template: only the store knows those keys
 */
export function standInFor(object: KubeObject): StandIn {
  const { name, namespace = 'default' } = object.metadata;
  const { target, data = [], dataFrom = [] } = object.spec as unknown as ExternalSecretSpec;
  const ofTemplate = Object.keys(target?.template?.data ?? {});
  if (dataFrom.length > 0 && ofTemplate.length === 0) {
    throw new Error(`ExternalSecret ${namespace}/${name} has dataFrom: which keys that gives is not known here; name them under data`);
  }
  const ofData = data.map(({ secretKey }) => secretKey);
  const keys = ofTemplate.length === 0 ? ofData : target?.template?.mergePolicy === 'Merge' ? [...ofData, ...ofTemplate] : ofTemplate;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: target?.name ?? name, namespace },
    stringData: Object.fromEntries(keys.map((key) => [key, 'stand-in'])),
  };
}

/** Makes the Secrets of ExternalSecrets, which have no controller here. */
export async function makeSecrets(client: Client, stored: readonly KubeObject[]): Promise<void> {
  for (const object of stored.filter(({ kind }) => kind === 'ExternalSecret')) {
    const secret = standInFor(object);
    await client.request('POST', `/api/v1/namespaces/${secret.metadata.namespace}/secrets`, { body: JSON.stringify(secret) });
  }
}
