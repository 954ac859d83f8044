import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { AuthorizationPolicy, MeshTLSAuthentication, NetworkAuthentication, Server } from '../../imports/policy.linkerd.io';
import type { Labels } from '../workload/labels';
import { type Edge, isJudgedByMesh, isPodEdge, type PodEdge } from './edge';
import { isPods, type PodParty, PROXY_ADMIN, portOf } from './party';
import { isSame } from './policy';
import { rateLimit } from './rate-limit';

const GROUP = 'policy.linkerd.io';

/** Name of a port's Server, and of what belongs to it. */
export const serverName = (party: PodParty, port: string): string => `${party.name}-${port}`;

/**
 * What the mesh lets in to a party, per called port: a Server, an AuthorizationPolicy, and the callers' identities in a
 * MeshTLSAuthentication. A port that nobody calls has none, and the default policy of its namespace denies it. The port of the proxy
 * itself belongs to the namespace ({@link meshedNamespace}).
 * @param edges - of the whole cluster; those of others are passed over
 */
export function meshPolicy(scope: Construct, id: string, party: PodParty, edges: readonly Edge[], labels: Labels): void {
  for (const [port, callers] of calledPorts(party, edges)) {
    const name = serverName(party, port);
    const metadata = { name, namespace: party.namespace, labels: { ...labels } };
    const { mesh = 'unknown' } = portOf(party, port);
    customResource(scope, `${id}-server-${port}`, Server, {
      metadata,
      // The defaults are stated: the API server would write them down.
      spec: { podSelector: { matchLabels: { ...party.selector } }, port, proxyProtocol: mesh, accessPolicy: 'deny' },
    });
    const authorize = (suffix: string, kind: string) =>
      customResource(scope, `${id}-authorization-${port}${suffix}`, AuthorizationPolicy, {
        metadata: { ...metadata, name: `${name}${suffix}` },
        spec: {
          targetRef: { group: GROUP, kind: 'Server', name },
          requiredAuthenticationRefs: [{ group: GROUP, kind, name: `${name}${suffix}` }],
        },
      });
    const identityRefs = identitiesOf(callers);
    if (identityRefs.length > 0) {
      authorize('', 'MeshTLSAuthentication');
      customResource(scope, `${id}-identities-${port}`, MeshTLSAuthentication, { metadata, spec: { identityRefs } });
    }
    const networks = callers.flatMap(({ from }) => (isPods(from) ? [] : from.blocks));
    if (networks.length > 0) {
      authorize('-addresses', 'NetworkAuthentication');
      customResource(scope, `${id}-addresses-${port}`, NetworkAuthentication, {
        metadata: { ...metadata, name: `${name}-addresses` },
        spec: { networks: networks.map(({ cidr, except }) => (except === undefined ? { cidr } : { cidr, except: [...except] })) },
      });
    }
    rateLimit(scope, `${id}-rate-limit-${port}`, party, port, callers, labels);
  }
}

/** ServiceAccounts of the pods that call, sorted, each once. */
export function identitiesOf(
  callers: readonly PodEdge[],
): readonly { readonly kind: string; readonly name: string; readonly namespace: string }[] {
  const refs = callers.flatMap(({ from }) =>
    isPods(from)
      ? [
          [
            `${from.namespace}/${from.serviceAccount}`,
            { kind: 'ServiceAccount', name: from.serviceAccount, namespace: from.namespace },
          ] as const,
        ]
      : [],
  );
  return [...new Map(refs).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ref]) => ref);
}

/** Ports that the party's proxy judges and somebody calls, sorted by name, with the edges to each. */
export function calledPorts(party: PodParty, edges: readonly Edge[]): readonly (readonly [port: string, callers: readonly PodEdge[]])[] {
  const ports = new Map<string, PodEdge[]>();
  for (const edge of edges) {
    if (!isPodEdge(edge) || !isSame(edge.to, party) || edge.port === PROXY_ADMIN || !isJudgedByMesh(edge)) continue;
    ports.set(edge.port, [...(ports.get(edge.port) ?? []), edge]);
  }
  return [...ports.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
}
