import { type LabelSelector, selects } from '../../../checks/selectors';
import type { KubeObject } from '../../../synth/object';
import type { Client } from './client';

/** What trust-manager reads of a Bundle. */
interface BundleSpec {
  readonly sources: readonly { readonly secret?: NamedKey; readonly configMap?: NamedKey }[];
  readonly target: { readonly configMap?: { readonly key: string }; readonly namespaceSelector?: LabelSelector };
}

interface NamedKey {
  readonly name: string;
  readonly key?: string;
}

/** Plays trust-manager. */
export interface TrustManager {
  /** Brings all Bundles so far to the namespaces that they select, also to those that came after them. */
  see(stored: readonly KubeObject[]): Promise<void>;
  /** Bundles that are nowhere, with what they wait for. */
  waiting(): readonly string[];
}

/** Where trust-manager reads its sources. */
const NAMESPACE = 'cert-manager';

/** Makes the ConfigMaps of Bundles once all their sources are there. */
export function trustManager(client: Client): TrustManager {
  const bundles = new Map<KubeObject, string | undefined>();

  const missing = async ({ secret, configMap }: BundleSpec['sources'][number]): Promise<string | undefined> => {
    const source = secret ?? configMap;
    if (source === undefined) return undefined;
    const [kind, collection] = secret === undefined ? ['ConfigMap', 'configmaps'] : ['Secret', 'secrets'];
    const { status, body } = await client.request('GET', `/api/v1/namespaces/${NAMESPACE}/${collection}/${source.name}`);
    if (status !== 200) return `${kind} ${NAMESPACE}/${source.name} does not exist`;
    const has = source.key === undefined || Object.hasOwn(body.data ?? {}, source.key);
    return has ? undefined : `${kind} ${NAMESPACE}/${source.name} has no key ${source.key}`;
  };
  const distribute = async ({ metadata: { name }, spec }: KubeObject): Promise<string | undefined> => {
    const { sources, target } = spec as unknown as BundleSpec;
    for (const source of sources) {
      const reason = await missing(source);
      if (reason !== undefined) return reason;
    }
    const { body } = await client.request('GET', '/api/v1/namespaces');
    const namespaces = (body.items as readonly KubeObject[]).filter(({ metadata }) =>
      selects(target.namespaceSelector ?? {}, metadata.labels ?? {}),
    );
    if (namespaces.length === 0) return 'it selects no namespace';
    if (target.configMap === undefined) return undefined;
    const configMap = { metadata: { name }, data: { [target.configMap.key]: 'stand-in' } };
    for (const { metadata } of namespaces)
      await client.request('POST', `/api/v1/namespaces/${metadata.name}/configmaps`, { body: JSON.stringify(configMap) });
    return undefined;
  };

  return {
    async see(stored) {
      for (const object of stored.filter(({ kind }) => kind === 'Bundle')) bundles.set(object, undefined);
      for (const bundle of bundles.keys()) bundles.set(bundle, await distribute(bundle));
    },
    waiting: () => [...bundles].flatMap(([{ metadata }, reason]) => (reason === undefined ? [] : [`Bundle ${metadata.name}: ${reason}`])),
  };
}
