import { isMap, listAt, mapAt } from '../../checks/at';
import { isNetworkPolicy } from '../../checks/network/network-policy-rules';
import type { ForeignPods, PodPort, Protocol } from '../../checks/reachability/model';
import { namespaceLabels } from '../../checks/reachability/pods';
import { type LabelSelector, selects } from '../../checks/selectors';
import type { SourcedObject } from '../../synth/object';
import { compareText } from './ports';

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
const NAME_LABELS = ['app.kubernetes.io/name', 'k8s-app', 'app', 'name'];

/**
 * Pods that policies speak of although nobody has said that they exist: peers that name one namespace and labels and select none of the
 * known pods. They are taken to exist, unmeshed, with the ports of the rules that lead to them.
 */
export function assumedPods(
  objects: readonly SourcedObject[],
  known: readonly Pick<ForeignPods, 'namespace' | 'labels'>[],
): readonly ForeignPods[] {
  const assumed = new Map<string, ForeignPods>();
  const labelsOf = namespaceLabels(objects);
  for (const { object } of objects.filter(isNetworkPolicy)) {
    for (const [direction, side] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      for (const rule of listAt(object, 'spec', direction)) {
        for (const peer of listAt(rule, side)) {
          const made = podsOf(peer);
          if (made === undefined) continue;
          const selected = known.some(
            ({ namespace, labels }) =>
              selects(mapAt(peer, 'namespaceSelector') as LabelSelector, labelsOf(namespace)) &&
              (!isMap(mapAt(peer).podSelector) || selects(mapAt(peer, 'podSelector') as LabelSelector, labels)),
          );
          if (selected) continue;
          const before = assumed.get(made.id)?.ports ?? [];
          const ports = direction === 'egress' ? listAt(rule, 'ports').flatMap(portOf) : [];
          const news = ports.filter((port) => !before.some((other) => other.port === port.port && other.protocol === port.protocol));
          assumed.set(made.id, { ...made, ports: [...before, ...news] });
        }
      }
    }
  }
  return [...assumed.values()].sort((a, b) => compareText(a.id, b.id));
}

/** The pods that a peer is about, when it says exactly which labels they and their namespace have. */
function podsOf(peer: unknown): ForeignPods | undefined {
  const { [NAMESPACE_NAME]: namespace, ...others } = mapAt(peer, 'namespaceSelector', 'matchLabels');
  const expressions = [...listAt(peer, 'namespaceSelector', 'matchExpressions'), ...listAt(peer, 'podSelector', 'matchExpressions')];
  if (typeof namespace !== 'string' || Object.keys(others).length > 0 || expressions.length > 0) return undefined;
  const labels = mapAt(peer, 'podSelector', 'matchLabels') as Readonly<Record<string, string>>;
  const pairs = Object.entries(labels).sort(([a], [b]) => compareText(a, b));
  const name = NAME_LABELS.flatMap((key) => labels[key] ?? [])[0];
  const rest = pairs.filter(([key, value]) => !(NAME_LABELS.includes(key) && value === name)).map(([, value]) => value);
  const id = pairs.length === 0 ? `any pod of ${namespace}` : [name, ...rest].filter((part) => part !== undefined).join(' ');
  return { id: `${namespace}/${id}`, namespace, labels, serviceAccount: 'default', meshed: false, ports: [] };
}

function portOf(entry: unknown): readonly PodPort[] {
  const { port, protocol = 'TCP' } = mapAt(entry);
  return typeof port === 'number' ? [{ port, protocol: protocol as Protocol }] : [];
}
