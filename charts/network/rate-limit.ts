import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { HTTPLocalRateLimitPolicy } from '../../imports/policy.linkerd.io';
import type { Labels } from '../workload/labels';
import type { PodEdge } from './edge';
import { isPods, type PodParty, portOf } from './party';

/**
 * The limits of requests per second to a port, which each pod of the callee keeps by itself: in all, of each caller, and of the callers
 * that have one of their own. None where nobody states a limit.
 */
export function rateLimit(scope: Construct, id: string, party: PodParty, port: string, callers: readonly PodEdge[], labels: Labels): void {
  const { total, perCaller } = portOf(party, port).rateLimit ?? {};
  const overrides = callers
    .flatMap(({ from, options }) =>
      isPods(from) && options?.rateLimit !== undefined ? [{ from, requestsPerSecond: options.rateLimit }] : [],
    )
    .sort((a, b) => (`${a.from.namespace}/${a.from.serviceAccount}` < `${b.from.namespace}/${b.from.serviceAccount}` ? -1 : 1))
    .map(({ from, requestsPerSecond }) => ({
      requestsPerSecond,
      clientRefs: [{ group: '', kind: 'ServiceAccount', name: from.serviceAccount, namespace: from.namespace }],
    }));
  if (total === undefined && perCaller === undefined && overrides.length === 0) return;
  const name = `${party.name}-${port}`;
  customResource(scope, id, HTTPLocalRateLimitPolicy, {
    metadata: { name, namespace: party.namespace, labels: { ...labels } },
    spec: {
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name },
      ...(total === undefined ? {} : { total: { requestsPerSecond: total } }),
      ...(perCaller === undefined ? {} : { identity: { requestsPerSecond: perCaller } }),
      ...(overrides.length === 0 ? {} : { overrides }),
    },
  });
}
