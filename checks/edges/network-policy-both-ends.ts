import type { Check } from '../check';
import type { Judge } from '../reachability/judge';
import { reachOf } from '../reachability/known';
import { type Direction, type Peer, portsAt, type Rule } from '../reachability/network-policy';
import type { ReachPods } from '../reachability/pods';
import { overlaps, union } from '../reachability/spans';

/** What one end lets through the other does, too. */
export const networkPolicyBothEnds: Check = {
  id: 'network-policy-both-ends',
  title: 'What a NetworkPolicy lets out to pods, or in from pods, the policies at the other end let through as well.',
  severity: 'error',
  why: 'A connection has to be let out and let in: a rule at one end alone opens nothing, and the call times out.',
  mend: 'Add the rule at the other end, or remove this one.',
  needs: ['foreignPods'],
  *run(objects, facts) {
    const { judge } = reachOf(objects, facts);
    const selected = podsByRule(judge);
    for (const rule of judge.policies.rules) {
      const direction = rule.field.startsWith('spec.ingress') ? 'ingress' : 'egress';
      const own = selected.get(rule) ?? [];
      for (const peer of rule.peers) {
        if (peer.pods.length === 0 || peer.addresses.length > 0 || own.length === 0) continue;
        const closed = closedPods(judge, own, rule, peer, direction);
        const [first] = closed;
        if (first === undefined) continue;
        const more = closed.length > 1 ? ` (nor those of ${closed.length - 1} more)` : '';
        const message =
          direction === 'egress'
            ? `leads to ${first.id}${more}, whose NetworkPolicies let nothing in on these ports`
            : `lets in ${first.id}${more}, whose NetworkPolicies let nothing out on these ports`;
        yield { subject: rule.policy, field: peer.field, message };
      }
    }
  },
};

function podsByRule({ pods, policies }: Judge): ReadonlyMap<Rule, readonly ReachPods[]> {
  const found = new Map<Rule, ReachPods[]>();
  for (const group of pods) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const rule of policies.isolation(group, direction)?.rules ?? []) {
        const list = found.get(rule);
        if (list === undefined) found.set(rule, [group]);
        else list.push(group);
      }
    }
  }
  return found;
}

/** Pods of a peer to which nothing of the rule is open; a peer that is a whole namespace or more only counts when that is so for all. */
function closedPods(judge: Judge, own: readonly ReachPods[], rule: Rule, peer: Peer, direction: Direction): readonly ReachPods[] {
  const closed = peer.pods.filter((other) => !own.some((group) => isOpen(judge, group, other, rule, direction)));
  return closed.length === peer.pods.length || !isBroad(peer, own) ? closed : [];
}

function isBroad({ pods, everyPod }: Peer, own: readonly ReachPods[]): boolean {
  return everyPod || pods.length > 1 || own.length > 1;
}

function isOpen(judge: Judge, group: ReachPods, other: ReachPods, rule: Rule, direction: Direction): boolean {
  const callee = direction === 'ingress' ? group : other;
  const { wide, narrow } = judge.side(other, direction === 'ingress' ? 'egress' : 'ingress');
  return overlaps(portsAt(rule, callee), union(wide, narrow.get(group) ?? []));
}
