import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { HTTPRoute, type HTTPRouteSpec } from '../../imports/gateway.networking.k8s.io';
import type { Labels } from '../workload/labels';
import { type CallOptions, type Edge, isPodEdge, isThroughMesh } from './edge';
import { calledPorts, serverName } from './mesh-policy';
import { type PodParty, portOf, type TrafficRoute } from './party';
import { isSame } from './policy';

/** Methods that are sent again: what they ask for may be done twice. */
const REPEATABLE = ['GET', 'HEAD'] as const;

type Match = NonNullable<NonNullable<NonNullable<HTTPRouteSpec['rules']>[number]['matches']>[number]>;

/**
 * Timeouts and retries of the calls to a party, as routes of its Service. Linkerd reads them from the annotations of an HTTPRoute, so
 * what is sent again and what is not are two objects. A request that no route takes is answered with 404: a route for all paths
 * always stands beside the others.
 * @param edges - of the whole cluster; those of others are passed over
 */
export function meshRoutes(scope: Construct, id: string, party: PodParty, edges: readonly Edge[], labels: Labels): void {
  for (const [port] of calledPorts(party, edges)) {
    const named = Object.entries(portOf(party, port).routes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const all = agreed(party, port, edges);
    if (named.length === 0 && all.timeout === undefined && (all.retries ?? 0) === 0) continue;
    const routes: readonly (readonly [string, TrafficRoute])[] = [
      ...named.map(([name, route]) => [`${serverName(party, port)}-${name}`, route] as const),
      [serverName(party, port), { path: '/', ...all }],
    ];
    for (const [name, route] of routes) {
      const methods = route.method === undefined ? [] : [route.method];
      const { retries = 0 } = route;
      if (retries > 0) {
        httpRoute(
          scope,
          `${id}-${name}-retried`,
          party,
          port,
          labels,
          `${name}-retried`,
          route,
          methods.length > 0 ? methods : REPEATABLE,
          retries,
        );
        if (methods.length > 0) continue;
      }
      httpRoute(scope, `${id}-${name}`, party, port, labels, name, route, methods, 0);
    }
  }
}

/** What the callers of a port say of timeout and retries: one value, since the checks of the edges have refused others. */
function agreed(party: PodParty, port: string, edges: readonly Edge[]): Omit<CallOptions, 'rateLimit'> {
  const stated = edges.find(
    (edge) =>
      isPodEdge(edge) && isSame(edge.to, party) && edge.port === port && edge.direct !== true && isThroughMesh(edge) && edge.options,
  );
  const { rateLimit: _, ...route } = (stated !== undefined && isPodEdge(stated) ? stated.options : undefined) ?? {};
  return route;
}

function httpRoute(
  scope: Construct,
  id: string,
  party: PodParty,
  port: string,
  labels: Labels,
  name: string,
  { path, timeout, tryTimeout }: TrafficRoute,
  methods: readonly NonNullable<Match['method']>[],
  retries: number,
): void {
  const service = { group: '', kind: 'Service', name: party.service ?? party.name, port: portOf(party, port).number };
  const match: Match = { path: { type: 'PathPrefix', value: path } };
  customResource(scope, id, HTTPRoute, {
    metadata: {
      name,
      namespace: party.namespace,
      labels: { ...labels },
      annotations: {
        ...(retries === 0 ? {} : { 'retry.linkerd.io/http': '5xx', 'retry.linkerd.io/limit': String(retries) }),
        ...(retries === 0 || tryTimeout === undefined ? {} : { 'retry.linkerd.io/timeout': tryTimeout }),
        ...(timeout === undefined ? {} : { 'timeout.linkerd.io/request': timeout }),
      },
    },
    spec: {
      parentRefs: [service],
      rules: [
        {
          matches: methods.length === 0 ? [match] : methods.map((method) => ({ ...match, method })),
          backendRefs: [{ ...service, weight: 1 }],
        },
      ],
    },
  });
}
