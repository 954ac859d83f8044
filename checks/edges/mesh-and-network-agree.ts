import { describe } from '../../synth/object';
import type { Check, Report } from '../check';
import type { Judge } from '../reachability/judge';
import { reachOf } from '../reachability/known';
import { META_PORTS, PROXY_PORT, skippedOutbound } from '../reachability/linkerd';
import { identityOf } from '../reachability/linkerd-clients';
import { portsAt } from '../reachability/network-policy';
import type { ReachPods } from '../reachability/pods';
import { describePorts, NO_PORTS, type PortSet, portSet, TCP_PORTS } from '../reachability/port-set';
import { difference, intersection, overlaps, union } from '../reachability/spans';

/** Between meshed pods both layers say the same. */
export const meshAndNetworkAgree: Check = {
  id: 'mesh-and-network-agree',
  title: 'What Linkerd authorizes between meshed pods NetworkPolicies let through, and the other way round.',
  severity: 'error',
  why: 'Both layers have to open a call; one alone opens nothing, and hides from its readers that it is closed.',
  mend: 'Open it in the other layer, too (the port and the proxies’ 4143), or close it in this one.',
  needs: ['foreignPods'],
  *run(objects, facts) {
    const { judge } = reachOf(objects, facts);
    const byIdentity = meshedByIdentity(judge);
    for (const callee of judge.pods) {
      if (!callee.meshed) continue;
      yield* authorizedButClosed(judge, callee, byIdentity);
      yield* openButUnauthorized(judge, callee);
    }
  },
};

/** A client that Linkerd names has no way through NetworkPolicies. */
function* authorizedButClosed(judge: Judge, callee: ReachPods, byIdentity: ReadonlyMap<string, readonly ReachPods[]>): Iterable<Report> {
  for (const grant of judge.inbound(callee)?.grants ?? []) {
    // A whole namespace, or more, is no statement about each of its pods.
    if (grant.by === undefined || typeof grant.clients.identities === 'string') continue;
    for (const identity of grant.clients.identities) {
      if (!('exact' in identity)) continue;
      const callers = byIdentity.get(identity.exact) ?? [];
      // Several workloads may share a ServiceAccount: it is enough that one of them calls.
      if (callers.length === 0 || callers.some((caller) => isThrough(judge, caller, callee, grant.ports))) continue;
      const whom = callers.map(({ id }) => id).join(', ');
      const closed = closedText(judge, callers, callee, grant.ports);
      yield {
        subject: grant.by,
        message: `authorizes ${whom} on ${describePorts(grant.ports)} of ${callee.id}, but NetworkPolicies close ${closed}`,
      };
    }
  }
}

function meshedByIdentity({ pods }: Judge): ReadonlyMap<string, readonly ReachPods[]> {
  const found = new Map<string, ReachPods[]>();
  for (const group of pods) {
    if (!group.meshed) continue;
    const list = found.get(identityOf(group));
    if (list === undefined) found.set(identityOf(group), [group]);
    else list.push(group);
  }
  return found;
}

/** Are the port and that of the proxies open? A connection that Linkerd does not wrap arrives on the port itself. */
function isThrough(judge: Judge, caller: ReachPods, callee: ReachPods, ports: PortSet): boolean {
  return wantedPorts(ports).every((wanted) => overlaps(judge.network(caller, callee), wanted));
}

function wantedPorts(ports: PortSet): readonly PortSet[] {
  const ordinary = difference(ports, META_PORTS);
  return [
    ...(ordinary.length > 0 ? [PROXY_PORT, ordinary] : []),
    ...(overlaps(ports, META_PORTS) ? [intersection(ports, META_PORTS)] : []),
  ];
}

function closedText(judge: Judge, callers: readonly ReachPods[], callee: ReachPods, ports: PortSet): string {
  const [caller] = callers;
  if (caller === undefined) return describePorts(ports);
  const open = judge.network(caller, callee);
  return wantedPorts(ports)
    .filter((wanted) => !overlaps(open, wanted))
    .map(describePorts)
    .join(' and ');
}

/** NetworkPolicies name a caller and a port, but Linkerd refuses it. */
function* openButUnauthorized(judge: Judge, callee: ReachPods): Iterable<Report> {
  const skipped = judge.inbound(callee)?.skipped ?? NO_PORTS;
  const declared = union(...callee.ports.map((port) => portSet({ protocol: port.protocol, first: port.port, last: port.port })));
  const meshed = difference(intersection(declared, TCP_PORTS), union(skipped, PROXY_PORT));
  for (const rule of judge.policies.isolation(callee, 'ingress')?.rules ?? []) {
    for (const { pods, everyPod, addresses, field } of rule.peers) {
      if (everyPod || addresses.length > 0) continue;
      for (const caller of pods) {
        const open = intersection(judge.network(caller, callee), portsAt(rule, callee));
        const granted = judge.mesh(caller, callee);
        const refused = difference(intersection(open, meshed), union(granted, caller.meshed ? skippedOutbound(caller) : NO_PORTS));
        const useless = caller.meshed && overlaps(open, PROXY_PORT) && granted.length === 0;
        if (refused.length === 0 && !useless) continue;
        const ports = refused.length === 0 ? PROXY_PORT : refused;
        const servers = judge.inbound(callee)?.servers.filter((one) => overlaps(one.ports, ports)) ?? [];
        const who =
          servers.map(({ server }) => describe(server.object)).join(', ') ||
          `the default inbound policy ${judge.inbound(callee)?.byDefault}`;
        yield {
          subject: rule.policy,
          field,
          message: `lets ${caller.id} in on ${describePorts(ports)} of ${callee.id}, but Linkerd refuses it there: ${who} authorizes others only`,
        };
      }
    }
  }
}
