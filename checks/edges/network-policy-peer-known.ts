import { at } from '../at';
import type { Check } from '../check';
import { reachOf } from '../reachability/known';
import { type Peer, portsAt, type Rule } from '../reachability/network-policy';
import { describeSelector, type LabelSelector } from '../selectors';

/** Rules of NetworkPolicies are about something that is there. */
export const networkPolicyPeerKnown: Check = {
  id: 'network-policy-peer-known',
  title: 'Every peer of a NetworkPolicy selects pods that are rendered or known to be there, with a port that the rule names.',
  severity: 'error',
  why: 'The rule opens nothing today, and whatever gets these labels later.',
  mend: 'Correct labels, namespace or port name; remove the rule if the peer is gone; tell the facts of pods that are not rendered here.',
  needs: ['foreignPods'],
  *run(objects, facts) {
    const { judge } = reachOf(objects, facts);
    for (const rule of judge.policies.rules) {
      for (const peer of rule.peers) {
        const message = problem(rule, peer);
        if (message !== undefined) yield { subject: rule.policy, field: peer.field, message };
      }
    }
  },
};

function problem(rule: Rule, { pods, addresses, everyPod, field }: Peer): string | undefined {
  // Addresses are not known one by one, and everything is something.
  if (everyPod || addresses.length > 0) return undefined;
  if (pods.length === 0) return `selects ${selectorOf(rule, field)}, which no pods have`;
  const isEgress = field.startsWith('spec.egress');
  if (!isEgress || pods.some((callee) => portsAt(rule, callee).length > 0)) return undefined;
  return `none of the pods it selects has a port ${rule.named.map(({ name }) => name).join(', ')}`;
}

function selectorOf({ policy }: Rule, field: string): string {
  const [, direction = '', rule = '', side = '', peer = ''] = /^spec\.(\w+)\[(\d+)\]\.(\w+)\[(\d+)\]$/.exec(field) ?? [];
  const found = at(policy.object, 'spec', direction, Number(rule), side, Number(peer));
  const selector = (name: string) => at(found, name) as LabelSelector | undefined;
  const [namespaces, pods] = [selector('namespaceSelector'), selector('podSelector')];
  const parts = [
    pods === undefined ? [] : [`pods ${describeSelector(pods)}`],
    namespaces === undefined ? [] : [`namespaces ${describeSelector(namespaces)}`],
  ];
  return parts.flat().join(' in ') || 'nothing';
}
