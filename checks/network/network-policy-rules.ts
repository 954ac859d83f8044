import type { SourcedObject } from '../../synth/object';
import { at, listAt, shown, textAt } from '../at';
import type { Check } from '../check';
import { parseCidr, strictlyInside } from './cidr';
import { isPort, portNameProblem } from './ports';

type Problem = readonly [field: string, message: string];

/** Rules of a NetworkPolicy are ones that the API server accepts. */
export const networkPolicyRules: Check = {
  id: 'network-policy-rules',
  title: 'CIDRs, ports and peers of a NetworkPolicy are valid.',
  severity: 'error',
  why: 'The API server refuses the policy, so what it should keep out comes in, or what it should let in stays out.',
  mend: 'Write CIDRs as 10.0.0.0/16 with exceptions inside them, and ports as 1 to 65535 or the name of a container port.',
  *run(objects) {
    for (const subject of objects.filter(isNetworkPolicy)) {
      for (const [field, message] of problems(at(subject.object, 'spec'))) yield { subject, field, message };
    }
  },
};

/** A NetworkPolicy of the API that clusters serve. */
export function isNetworkPolicy({ object }: SourcedObject): boolean {
  return object.kind === 'NetworkPolicy' && object.apiVersion === 'networking.k8s.io/v1';
}

function* problems(spec: unknown): Iterable<Problem> {
  for (const [i, type] of listAt(spec, 'policyTypes').entries()) {
    if (type !== 'Ingress' && type !== 'Egress')
      yield [`spec.policyTypes[${i}]`, `${shown(type)} is no policy type, expected Ingress or Egress`];
  }
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [i, rule] of listAt(spec, direction).entries()) {
      const field = `spec.${direction}[${i}]`;
      for (const [j, peer] of listAt(rule, peers).entries()) yield* peerProblems(peer, `${field}.${peers}[${j}]`);
      for (const [j, port] of listAt(rule, 'ports').entries()) yield* portProblems(port, `${field}.ports[${j}]`);
    }
  }
}

function* peerProblems(peer: unknown, field: string): Iterable<Problem> {
  const block = at(peer, 'ipBlock');
  const selectors = ['podSelector', 'namespaceSelector'].filter((member) => at(peer, member) !== undefined);
  if (block === undefined) {
    if (selectors.length === 0) yield [field, 'the peer is empty, expected podSelector, namespaceSelector or ipBlock'];
    return;
  }
  if (selectors.length > 0) yield [field, `the peer has ipBlock and ${selectors.join(', ')}, expected one or the other`];
  const cidr = parseCidr(at(block, 'cidr'));
  if (cidr === undefined) {
    yield [`${field}.ipBlock.cidr`, `${shown(at(block, 'cidr'))} is no CIDR`];
    return;
  }
  for (const [k, except] of listAt(block, 'except').entries()) {
    const inner = parseCidr(except);
    const place = `${field}.ipBlock.except[${k}]`;
    if (inner === undefined) yield [place, `${shown(except)} is no CIDR`];
    else if (!strictlyInside(inner, cidr)) yield [place, `${shown(except)} is not strictly inside ${shown(at(block, 'cidr'))}`];
  }
}

function* portProblems(rule: unknown, field: string): Iterable<Problem> {
  const port = at(rule, 'port');
  const end = at(rule, 'endPort');
  const protocol = textAt(rule, 'protocol') ?? 'TCP';
  if (!['TCP', 'UDP', 'SCTP'].includes(protocol))
    yield [`${field}.protocol`, `${shown(protocol)} is no protocol, expected TCP, UDP or SCTP`];
  if (typeof port === 'string') {
    const problem = portNameProblem(port);
    if (problem !== undefined) yield [`${field}.port`, `${shown(port)} is no port name: ${problem}`];
  } else if (port !== undefined && !isPort(port)) {
    yield [`${field}.port`, `the port is ${shown(port)}, expected a number from 1 to 65535`];
  }
  if (end === undefined) return;
  if (typeof port !== 'number') yield [`${field}.endPort`, `endPort is ${shown(end)}, but port is ${shown(port)}, expected a number`];
  else if (!isPort(end) || Number(end) < port) yield [`${field}.endPort`, `endPort is ${shown(end)}, expected ${port} to 65535`];
}
