import { at, listAt, numberAt, textAt } from '../../checks/at';
import { lookup, namespaceOf } from '../../checks/lookup';
import type { Judge } from '../../checks/reachability/judge';
import { POLICY_GROUP } from '../../checks/reachability/linkerd-clients';
import type { ReachPods } from '../../checks/reachability/pods';
import { tcp } from '../../checks/reachability/port-set';
import { overlaps } from '../../checks/reachability/spans';
import { describe, type KubeObject, type SourcedObject } from '../../synth/object';

/** Rate limits of Linkerd that hold for a caller of a port, a line each. */
export function rateLimitsOf(
  objects: readonly SourcedObject[],
  judge: Judge,
): (callee: ReachPods, port: number, caller: ReachPods) => readonly string[] {
  const limits = lookup(objects).all(POLICY_GROUP, 'HTTPLocalRateLimitPolicy');
  return (callee, port, caller) => {
    const servers = (judge.inbound(callee)?.servers ?? []).filter(({ ports }) => overlaps(ports, tcp(port)));
    return limits.flatMap(({ object }) => (servers.some(({ server }) => targets(object, server.object)) ? limitLines(object, caller) : []));
  };
}

function targets(limit: KubeObject, server: KubeObject): boolean {
  const { targetRef } = (at(limit, 'spec') ?? {}) as { readonly targetRef?: unknown };
  return (
    textAt(targetRef, 'kind') === 'Server' &&
    textAt(targetRef, 'name') === server.metadata.name &&
    namespaceOf(limit) === namespaceOf(server)
  );
}

function limitLines(limit: KubeObject, caller: ReachPods): readonly string[] {
  const total = numberAt(limit, 'spec', 'total', 'requestsPerSecond');
  const isCaller = (ref: unknown) =>
    caller.meshed && textAt(ref, 'name') === caller.serviceAccount && (textAt(ref, 'namespace') ?? namespaceOf(limit)) === caller.namespace;
  const own = listAt(limit, 'spec', 'overrides').find((override) => listAt(override, 'clientRefs').some(isCaller));
  const each = numberAt(own, 'requestsPerSecond') ?? numberAt(limit, 'spec', 'identity', 'requestsPerSecond');
  return [
    ...(each === undefined ? [] : [`at most ${each} requests per second of this caller (${describe(limit)})`]),
    ...(total === undefined ? [] : [`at most ${total} requests per second of all callers (${describe(limit)})`]),
  ];
}
