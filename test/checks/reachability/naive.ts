import { at, listAt } from '../../../checks/at';
import type { ForeignPods } from '../../../checks/reachability/model';
import { type LabelSelector, selects } from '../../../checks/selectors';
import type { SourcedObject } from '../../../synth/object';

/** What a question is about: pods of the world, or one address of IPv4. */
export type Asked = ForeignPods | string;

/**
 * NetworkPolicy in the plainest way: one pair, one port, one address at a time, straight from the words of the documentation.
 * Nothing is shared with the evaluator that it is compared with, but the matching of label selectors.
 */
export function isOpen(
  policies: readonly SourcedObject[],
  namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>,
  from: Asked,
  to: Asked,
  protocol: string,
  port: number,
): boolean {
  const out = typeof from === 'string' || isAdmitted('egress', from, to, to);
  const into = typeof to === 'string' || isAdmitted('ingress', to, from, to);
  return out && into;

  function isAdmitted(direction: 'ingress' | 'egress', pods: ForeignPods, other: Asked, callee: Asked): boolean {
    const applying = policies.filter(
      ({ object }) =>
        object.metadata.namespace === pods.namespace &&
        directions(object).includes(direction) &&
        selects(at(object, 'spec', 'podSelector') as LabelSelector, pods.labels),
    );
    if (applying.length === 0) return true;
    return applying.some(({ object }) =>
      listAt(object, 'spec', direction).some((rule) => {
        const peers = listAt(rule, direction === 'ingress' ? 'from' : 'to');
        const ports = listAt(rule, 'ports');
        const isPeer = peers.length === 0 || peers.some((peer) => matches(peer, other, object.metadata.namespace!));
        return isPeer && (ports.length === 0 || ports.some((one) => isPort(one, callee)));
      }),
    );
  }

  function matches(peer: unknown, other: Asked, space: string): boolean {
    const block = at(peer, 'ipBlock');
    if (block !== undefined) {
      const address = typeof other === 'string' ? other : other.addresses![0]!.split('/')[0]!;
      return isIn(address, String(at(block, 'cidr'))) && !listAt(block, 'except').some((one) => isIn(address, String(one)));
    }
    if (typeof other === 'string') return false;
    const spaces = at(peer, 'namespaceSelector') as LabelSelector | undefined;
    const labels = { ...namespaces[other.namespace], 'kubernetes.io/metadata.name': other.namespace };
    const isSpace = spaces === undefined ? other.namespace === space : selects(spaces, labels);
    return isSpace && selects((at(peer, 'podSelector') ?? {}) as LabelSelector, other.labels);
  }

  function isPort(one: unknown, callee: Asked): boolean {
    if ((at(one, 'protocol') ?? 'TCP') !== protocol) return false;
    const wanted = at(one, 'port');
    if (wanted === undefined) return true;
    if (typeof wanted === 'string')
      return (
        typeof callee !== 'string' && callee.ports.some((own) => own.name === wanted && own.protocol === protocol && own.port === port)
      );
    return Number(wanted) <= port && port <= Number(at(one, 'endPort') ?? wanted);
  }
}

function directions(policy: unknown): readonly string[] {
  const types = listAt(policy, 'spec', 'policyTypes').map((type) => String(type).toLowerCase());
  if (types.length > 0) return types;
  return listAt(policy, 'spec', 'egress').length > 0 ? ['ingress', 'egress'] : ['ingress'];
}

function isIn(address: string, cidr: string): boolean {
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const [base = '', bits] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}
