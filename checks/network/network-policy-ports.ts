import type { KubeObject, SourcedObject } from '../../synth/object';
import { at, listAt, shown, textAt } from '../at';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';
import { type PodIndex, podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';
import { type LabelSelector, selects } from '../selectors';
import { isNetworkPolicy } from './network-policy-rules';
import { portsOf } from './ports';

/** A named port of a NetworkPolicy is one that the pods behind it have. */
export const networkPolicyPorts: Check = {
  id: 'network-policy-ports',
  title: 'A named port of a NetworkPolicy is declared by a pod that the rule is about.',
  severity: 'error',
  why: 'The rule lets nothing through, so the call that it should allow times out.',
  mend: 'Use a name that the called container declares, or the number of the port.',
  *run(objects) {
    const index = podIndex(objects);
    const namespaces = namespaceLabels(objects, index);
    for (const subject of objects.filter(isNetworkPolicy)) {
      const { object } = subject;
      const own = index.select(namespaceOf(object), (at(object, 'spec', 'podSelector') ?? {}) as LabelSelector);
      for (const [direction, peers] of [
        ['ingress', 'from'],
        ['egress', 'to'],
      ] as const) {
        for (const [i, rule] of listAt(object, 'spec', direction).entries()) {
          const named = listAt(rule, 'ports')
            .map((port, j) => ({ port, j }))
            .filter(({ port }) => typeof at(port, 'port') === 'string');
          if (named.length === 0) continue;
          const pods = direction === 'ingress' ? own : peerPods(object, listAt(rule, peers), index, namespaces);
          // Pods that are not in the set are not known; nor do addresses have names of ports.
          if (pods === undefined || pods.length === 0) continue;
          for (const { port, j } of named) {
            const protocol = textAt(port, 'protocol') ?? 'TCP';
            const found = pods.some((template) =>
              portsOf(template).some((declared) => declared.name === at(port, 'port') && declared.protocol === protocol),
            );
            if (found) continue;
            const whom = direction === 'ingress' ? 'the pods that the policy selects' : 'the pods that the rule leads to';
            yield {
              subject,
              field: `spec.${direction}[${i}].ports[${j}].port`,
              message: `none of ${whom} declares a ${protocol} port ${shown(at(port, 'port'))}`,
            };
          }
        }
      }
    }
  },
};

/** Labels of every namespace that has pods or is in the set; Kubernetes itself adds the name. */
function namespaceLabels(objects: readonly SourcedObject[], index: PodIndex): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const found = new Map<string, Readonly<Record<string, string>>>();
  const add = (name: string, labels?: Readonly<Record<string, string>>) =>
    found.set(name, { ...found.get(name), ...labels, 'kubernetes.io/metadata.name': name });
  for (const { subject } of index.templates) if (!found.has(namespaceOf(subject.object))) add(namespaceOf(subject.object));
  for (const { object } of objects) if (object.kind === 'Namespace') add(object.metadata.name, object.metadata.labels);
  return found;
}

/** Pods that peers select; `undefined` when the peers are addresses, or everything. */
function peerPods(
  policy: KubeObject,
  peers: readonly unknown[],
  index: PodIndex,
  namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
): readonly PodTemplate[] | undefined {
  if (peers.length === 0 || peers.some((peer) => at(peer, 'ipBlock') !== undefined)) return undefined;
  return peers.flatMap((peer) => {
    const chosen = at(peer, 'namespaceSelector') as LabelSelector | undefined;
    const selector = (at(peer, 'podSelector') ?? {}) as LabelSelector;
    if (chosen === undefined) return index.select(namespaceOf(policy), selector);
    return index.selectEverywhere(selector).filter(({ subject }) => selects(chosen, namespaces.get(namespaceOf(subject.object)) ?? {}));
  });
}
