import { describe } from '../../synth/object';
import { at, listAt, mapAt, shown, textAt } from '../at';
import type { Check } from '../check';
import { labelIndex } from '../label-index';
import { namespaceOf } from '../lookup';
import type { Judge } from '../reachability/judge';
import { reachOf } from '../reachability/known';
import { skippedOutbound } from '../reachability/linkerd';
import type { Protocol } from '../reachability/model';
import type { ReachPods } from '../reachability/pods';
import { type PortSet, portSet } from '../reachability/port-set';
import { intersection, overlaps } from '../reachability/spans';
import type { LabelSelector } from '../selectors';

/** A caller without a proxy gets through to a Service. */
export const servicePortNumber: Check = {
  id: 'service-port-number',
  title: 'A Service through which a NetworkPolicy lets unmeshed pods out has the port numbers of the pods behind it.',
  severity: 'error',
  why: 'The VPC CNI’s agent judges an egress to the Service’s address before it is translated to a pod’s, so the number in the rule has to fit both.',
  mend: 'Give the Service’s port the number of the container’s, or make the Service headless.',
  *run(objects, facts) {
    const { judge } = reachOf(objects, facts);
    const index = labelIndex(judge.pods, ({ namespace, labels }) => ({ namespace, labels }));
    const reached = plainlyReached(judge);
    for (const subject of objects) {
      const { object } = subject;
      const matchLabels = mapAt(object, 'spec', 'selector');
      const headless = at(object, 'spec', 'clusterIP') === 'None' || textAt(object, 'spec', 'type') === 'ExternalName';
      if (object.kind !== 'Service' || object.apiVersion !== 'v1' || headless || Object.keys(matchLabels).length === 0) continue;
      for (const pods of index.select(namespaceOf(object), { matchLabels } as LabelSelector)) {
        for (const [i, port] of listAt(object, 'spec', 'ports').entries()) {
          const protocol = (textAt(port, 'protocol') ?? 'TCP') as Protocol;
          const number = at(port, 'port');
          const target = targetOf(pods, at(port, 'targetPort') ?? number, protocol);
          if (target === undefined || target === number) continue;
          const wanted = portSet({ protocol, first: target, last: target });
          const callers = (reached.get(pods) ?? []).filter(({ ports }) => overlaps(ports, wanted));
          const [first] = callers;
          if (first === undefined) continue;
          const who = `${first.caller.id}${callers.length > 1 ? ` and ${callers.length - 1} more` : ''}`;
          const whose = pods.subject === undefined ? pods.id : describe(pods.subject.object);
          yield {
            subject,
            field: `spec.ports[${i}].port`,
            message: `the port is ${shown(number)}, but that of ${whose} is ${target}, which NetworkPolicies let ${who} reach`,
          };
        }
      }
    }
  },
};

interface Caller {
  readonly caller: ReachPods;
  readonly ports: PortSet;
}

/** Who reaches pods without a proxy that would take the address of a pod itself, by a rule for these pods. */
function plainlyReached(judge: Judge): ReadonlyMap<ReachPods, readonly Caller[]> {
  const found = new Map<ReachPods, Caller[]>();
  for (const caller of judge.pods) {
    const { narrow } = judge.side(caller, 'egress');
    for (const callee of narrow.keys()) {
      const open = judge.network(caller, callee);
      const ports = caller.meshed ? intersection(open, skippedOutbound(caller)) : open;
      if (ports.length === 0) continue;
      const list = found.get(callee);
      if (list === undefined) found.set(callee, [{ caller, ports }]);
      else list.push({ caller, ports });
    }
  }
  return found;
}

/** Number of the container's port that a Service's leads to; `undefined` where the pods do not have it. */
function targetOf({ ports }: ReachPods, target: unknown, protocol: Protocol): number | undefined {
  if (typeof target === 'number') return target;
  return ports.find((port) => port.name === target && port.protocol === protocol)?.port;
}
