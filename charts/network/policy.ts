import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Labels } from '../workload/labels';
import { type Edge, isPodEdge, isThroughMesh, portOfEdge } from './edge';
import { isPods, type Party, type PodParty, PROXY_ADMIN, PROXY_PORT } from './party';

/** One rule: who is at the other end, on which ports. */
interface Rule {
  /** What a reader is told of it. */
  readonly line: string;
  readonly peers: readonly k8s.NetworkPolicyPeer[];
  readonly ports: readonly k8s.NetworkPolicyPort[];
}

/**
 * The one NetworkPolicy of a party, from the edges that begin or end at it: one ingress rule per set of ports, one egress rule per
 * target. An annotation has a line for every rule, in the rules' order: the comment that the API does not offer.
 * @param edges - of the whole cluster; those of others are passed over
 */
export function networkPolicy(scope: Construct, id: string, party: PodParty, edges: readonly Edge[], labels: Labels): void {
  const ingress = ingressRules(
    party,
    edges.filter((edge) => isSame(edge.to, party)),
  );
  const egress = egressRules(
    party,
    edges.filter((edge) => isSame(edge.from, party)),
  );
  new k8s.KubeNetworkPolicy(scope, id, {
    metadata: {
      name: party.name,
      namespace: party.namespace,
      labels,
      annotations: {
        ...Object.fromEntries(Object.entries(party.exemptions ?? {}).map(([check, why]) => [`ignore-check.fleet/${check}`, why])),
        ...(ingress.length === 0 ? {} : { 'edges.fleet/ingress': lines(ingress) }),
        ...(egress.length === 0 ? {} : { 'edges.fleet/egress': lines(egress) }),
      },
    },
    spec: {
      podSelector: { matchLabels: party.selector },
      policyTypes: ['Ingress', 'Egress'],
      // The API server stores an empty list as none: rendering it would make every sync a new generation.
      ingress: ingress.length === 0 ? undefined : ingress.map(({ peers, ports }) => ({ from: [...peers], ports: [...ports] })),
      egress: egress.length === 0 ? undefined : egress.map(({ peers, ports }) => ({ to: [...peers], ports: [...ports] })),
    },
  });
}

/** Whether two are one party. */
export const isSame = (one: Party, other: Party): boolean =>
  one.name === other.name && (isPods(one) ? isPods(other) && one.namespace === other.namespace : !isPods(other));

/** One rule per set of ports: callers that may reach the same ports stand together. */
function ingressRules(party: PodParty, edges: readonly Edge[]): readonly Rule[] {
  const callers = [...grouped(edges, ({ from }) => labelOf(from, party))].sort(byKey);
  const sets = grouped(callers, ([, own]) => JSON.stringify(portsOf(own)));
  return [...sets.values()]
    .map((members) => ({
      line: `${portNames(members[0]?.[1] ?? [])} from ${members.map(([label]) => label).join(', ')}`,
      peers: members.flatMap(([, [edge]]) => (edge === undefined ? [] : peersOf(edge.from, party))),
      ports: portsOf(members[0]?.[1] ?? []),
    }))
    .sort((a, b) => (a.line < b.line ? -1 : 1));
}

/** One rule per target. */
function egressRules(party: PodParty, edges: readonly Edge[]): readonly Rule[] {
  return [...grouped(edges, ({ to }) => labelOf(to, party))].sort(byKey).map(([label, own]) => {
    const reasons = [...new Set(own.flatMap(({ why }) => why ?? []))].sort();
    return {
      line: `${portNames(own)} to ${label}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`,
      peers: own[0] === undefined ? [] : peersOf(own[0].to, party),
      ports: portsOf(own),
    };
  });
}

/** Ports of edges to one target or from one caller, sorted; the proxy's last. */
function portsOf(edges: readonly Edge[]): readonly k8s.NetworkPolicyPort[] {
  const ports = new Map(
    [...edges]
      .map((edge) => ({ edge, port: portOfEdge(edge) }))
      .sort((a, b) => a.port.number - b.port.number || ((a.port.protocol ?? 'TCP') < (b.port.protocol ?? 'TCP') ? -1 : 1))
      .map(({ edge, port }) => {
        const protocol = port.protocol ?? 'TCP';
        const named = isPodEdge(edge) && edge.to.foreign !== true && edge.port !== PROXY_ADMIN;
        return [
          `${port.number}/${protocol}`,
          { protocol, port: named ? k8s.IntOrString.fromString(edge.port) : k8s.IntOrString.fromNumber(port.number) },
        ] as const;
      }),
  );
  const proxy = edges.some(isThroughMesh) ? [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(PROXY_PORT) }] : [];
  return [...ports.values(), ...proxy];
}

const portNames = (edges: readonly Edge[]): string => [...new Set(edges.map(({ port }) => String(port)))].sort().join(', ');

/** How a party is named beside a rule: pods of another namespace with theirs. */
const labelOf = (other: Party, party: PodParty): string =>
  isPods(other) && other.namespace !== party.namespace ? `${other.namespace}/${other.name}` : other.name;

function peersOf(other: Party, party: PodParty): readonly k8s.NetworkPolicyPeer[] {
  if (!isPods(other))
    return other.blocks.map(({ cidr, except }) => ({ ipBlock: { cidr, except: except === undefined ? undefined : [...except] } }));
  const podSelector = { matchLabels: other.selector };
  if (other.namespace === party.namespace) return [{ podSelector }];
  return [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': other.namespace } }, podSelector }];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const lines = (rules: readonly Rule[]): string => rules.map(({ line }) => `${line}\n`).join('');
