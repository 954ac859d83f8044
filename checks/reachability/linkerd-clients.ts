import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt, textAt, textsAt } from '../at';
import { type Lookup, namespaceOf } from '../lookup';
import { type AddressSet, ALL_ADDRESSES, blocksSet, cidrSet, joined } from './address-set';
import type { Addresses } from './model';
import type { ReachPods } from './pods';
import { overlaps } from './spans';

/** Group of Linkerd's policy resources. */
export const POLICY_GROUP = 'policy.linkerd.io';

/** Namespace of Linkerd's control plane and the trust domain, which are part of every identity. */
const IDENTITY_SUFFIX = 'serviceaccount.identity.linkerd.cluster.local';

/** Linkerd's `clusterNetworks`: what `cluster-authenticated` and `cluster-unauthenticated` mean by the cluster. */
const CLUSTER_NETWORKS: AddressSet = joined(...['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'].map(cidrSet));

/** Clients that something authorizes: those that prove one of some identities, any meshed ones, or all; from some addresses. */
export interface Clients {
  readonly identities: readonly Identity[] | 'any meshed' | 'all';
  readonly networks: AddressSet;
}

/** An identity, or all that end with a text. */
export type Identity = { readonly exact: string } | { readonly suffix: string };

/** Name that the proxy of pods proves with its certificate. */
export function identityOf({ serviceAccount, namespace }: Pick<ReachPods, 'serviceAccount' | 'namespace'>): string {
  return `${serviceAccount}.${namespace}.${IDENTITY_SUFFIX}`;
}

/** Do the identities of an authorization include this one? */
export function includesIdentity({ identities }: Clients, identity: string): boolean {
  if (typeof identities === 'string') return true;
  return identities.some((one) => ('exact' in one ? one.exact === identity : identity.endsWith(one.suffix)));
}

/** May some of the pods have an address that the authorization is for? Where addresses of pods are not known, they may. */
export function includesAddressOf({ networks }: Clients, pods: Pick<ReachPods, 'addresses'>): boolean {
  return pods.addresses === undefined || networks === ALL_ADDRESSES || overlaps(networks, pods.addresses);
}

/** Clients that a default policy lets in; `undefined` for a word that Linkerd does not know. */
export function defaultClients(policy: string): readonly Clients[] | undefined {
  switch (policy) {
    case 'deny':
      return [];
    // Lets everything in, and reports it.
    case 'audit':
    case 'all-unauthenticated':
      return [{ identities: 'all', networks: ALL_ADDRESSES }];
    case 'all-authenticated':
      return [{ identities: 'any meshed', networks: ALL_ADDRESSES }];
    case 'cluster-authenticated':
      return [{ identities: 'any meshed', networks: CLUSTER_NETWORKS }];
    case 'cluster-unauthenticated':
      return [{ identities: 'all', networks: CLUSTER_NETWORKS }];
    default:
      return undefined;
  }
}

/**
 * Clients that an AuthorizationPolicy authorizes: those that fulfil all of its authentications; without any, everybody.
 * `undefined` where Linkerd ignores the policy: an authentication that is not there or empty, or two of one sort.
 */
export function policyClients({ object }: SourcedObject, all: Lookup): Clients | undefined {
  let identities: Clients['identities'] | undefined;
  let networks: AddressSet | undefined;
  for (const ref of listAt(object, 'spec', 'requiredAuthenticationRefs')) {
    const name = textAt(ref, 'name') ?? '';
    const namespace = textAt(ref, 'namespace') ?? namespaceOf(object);
    if (refersTo(ref, '', 'ServiceAccount') || refersTo(ref, POLICY_GROUP, 'MeshTLSAuthentication')) {
      const found = refersTo(ref, '', 'ServiceAccount')
        ? [{ exact: identityOf({ serviceAccount: name, namespace }) }]
        : meshClients(all.find(POLICY_GROUP, 'MeshTLSAuthentication', name, namespace));
      if (found === undefined || identities !== undefined) return undefined;
      identities = found;
    } else if (refersTo(ref, POLICY_GROUP, 'NetworkAuthentication')) {
      const found = networkClients(all.find(POLICY_GROUP, 'NetworkAuthentication', name, namespace));
      if (found === undefined || networks !== undefined) return undefined;
      networks = found;
    } else return undefined;
  }
  return { identities: identities ?? 'all', networks: networks ?? ALL_ADDRESSES };
}

/** Identities of a MeshTLSAuthentication; `undefined` when it is not there or has none. */
function meshClients(subject: SourcedObject | undefined): Exclude<Clients['identities'], 'all'> | undefined {
  if (subject === undefined) return undefined;
  const { object } = subject;
  const refs = listAt(object, 'spec', 'identityRefs').flatMap((ref): readonly Identity[] => {
    const name = textAt(ref, 'name') ?? '';
    if (refersTo(ref, '', 'Namespace')) return [{ suffix: `.${name}.${IDENTITY_SUFFIX}` }];
    if (!refersTo(ref, '', 'ServiceAccount')) return [];
    return [{ exact: identityOf({ serviceAccount: name, namespace: textAt(ref, 'namespace') ?? namespaceOf(object) }) }];
  });
  const found = withWildcards(textsAt(object, 'spec', 'identities'), refs);
  return found.length === 0 ? undefined : found;
}

/** A lone star is every identity; a star before a dot, every one that ends so. */
function withWildcards(texts: readonly string[], others: readonly Identity[]): readonly Identity[] | 'any meshed' {
  if (texts.includes('*')) return 'any meshed';
  return [...texts.map((text) => (text.startsWith('*.') ? { suffix: text.slice(1) } : { exact: text })), ...others];
}

function networkClients(subject: SourcedObject | undefined): AddressSet | undefined {
  const networks = listAt(subject?.object, 'spec', 'networks');
  return networks.length === 0 ? undefined : networksSet(networks);
}

/** Addresses of the `networks` of a Linkerd resource. */
export function networksSet(networks: readonly unknown[]): AddressSet {
  return blocksSet(
    networks.map((network): Addresses['blocks'][number] => ({ cidr: textAt(network, 'cidr') ?? '', except: textsAt(network, 'except') })),
  );
}

/** Clients that a ServerAuthorization authorizes; `undefined` where it says none. */
export function serverAuthorizationClients({ object }: SourcedObject): Clients | undefined {
  const client = mapAt(object, 'spec', 'client');
  const listed = listAt(client, 'networks');
  // Unlike elsewhere, no networks mean those of the cluster.
  const networks = listed.length === 0 ? CLUSTER_NETWORKS : networksSet(listed);
  if (client.unauthenticated === true) return { identities: 'all', networks };
  const mesh = mapAt(client, 'meshTLS');
  // TLS of a client without a certificate: only proxies speak it.
  if (mesh.unauthenticatedTLS === true) return { identities: 'any meshed', networks };
  const accounts = listAt(mesh, 'serviceAccounts').map((account) => ({
    exact: identityOf({ serviceAccount: textAt(account, 'name') ?? '', namespace: textAt(account, 'namespace') ?? namespaceOf(object) }),
  }));
  const identities = withWildcards(textsAt(mesh, 'identities'), accounts);
  return identities.length === 0 ? undefined : { identities, networks };
}

/** Does a reference name a kind of a group? Linkerd compares both regardless of case, and knows the core group as `core`, too. */
export function refersTo(ref: unknown, group: string, kind: string): boolean {
  const own = (textAt(ref, 'group') ?? '').toLowerCase();
  return (own === 'core' ? '' : own) === group && textAt(ref, 'kind')?.toLowerCase() === kind.toLowerCase();
}
