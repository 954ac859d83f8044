import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { describeSelector, type LabelSelector, selects } from '../selectors';
import { podsByNamespace, selectsEverything } from './pods-by-namespace';

/** The peers that a NetworkPolicy lets in or out are pods that are there. */
export const networkPolicyPeerSelectsPods: Check = {
  id: 'network-policy-peer-selects-pods',
  title: 'Every peer of a NetworkPolicy that is given by labels selects pods.',
  severity: 'error',
  why: 'The rule allows nothing, so the call that it was written for is refused.',
  mend: 'Use the labels of the peer’s pod template, and its namespace’s in namespaceSelector.',
  *run(objects, { foreignPods = [] }) {
    const all = lookup(objects);
    const pods = podsByNamespace(objects);
    const isThere = (namespace: string, selector: LabelSelector) =>
      pods.selected(namespace, selector).length > 0 ||
      foreignPods.some((foreign) => foreign.namespace === namespace && selects(selector, foreign.labels));
    const labelsOf = (namespace: string) => ({
      'kubernetes.io/metadata.name': namespace,
      ...mapAt(all.find('', 'Namespace', namespace)?.object, 'metadata', 'labels'),
    });
    for (const subject of all.all('networking.k8s.io', 'NetworkPolicy')) {
      for (const [field, peer] of peers(subject)) {
        const podSelector = mapAt(peer).podSelector as LabelSelector | undefined;
        const namespaceSelector = mapAt(peer).namespaceSelector as LabelSelector | undefined;
        if (podSelector === undefined || selectsEverything(podSelector)) continue;
        // Of namespaces without any pod template here, nothing is known.
        const namespaces =
          namespaceSelector === undefined
            ? [namespaceOf(subject.object)]
            : pods.namespaces.filter((namespace) => selects(namespaceSelector, labelsOf(namespace)));
        if (namespaces.length === 0 || namespaces.some((namespace) => isThere(namespace, podSelector))) continue;
        // A selector over several namespaces may also fit one that is not here.
        if (namespaceSelector !== undefined && namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'] === undefined) continue;
        const where = `namespace ${namespaces.join(', ')}`;
        yield {
          subject,
          field: `${field}.podSelector`,
          message: `selects ${describeSelector(podSelector)} in ${where}, which no pod template has`,
        };
      }
    }
  },
};

function* peers({ object }: SourcedObject): Iterable<readonly [string, unknown]> {
  for (const [rules, side] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [i, rule] of listAt(object, 'spec', rules).entries()) {
      for (const [j, peer] of listAt(rule, side).entries()) yield [`spec.${rules}[${i}].${side}[${j}]`, peer];
    }
  }
}
