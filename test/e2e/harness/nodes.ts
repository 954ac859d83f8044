import type { NodeGroup } from '../../../checks/facts';
import type { Client } from './client';
import type { Network } from './network';

/** The nodes of a cluster, by group. */
export interface Nodes {
  count(group: NodeGroup): number;
  /** Adds a node to a group, in the zone that has the fewest of it. @throws an Error at the group's maximum */
  add(group: NodeGroup): Promise<void>;
  /** Address and zone of a node. */
  get(name: string): NodeFacts | undefined;
  stop(): void;
}

export interface NodeFacts {
  readonly name: string;
  readonly group: string;
  readonly zone: string;
  readonly address: string;
}

/** The node lifecycle controller takes a node for lost 40 seconds after its last heartbeat. */
const HEARTBEAT_MS = 10_000;

/**
 * Makes each group's minimum of nodes, ready, and keeps their leases alive. Addresses are of the zone's subnet.
 * @throws an Error when the server refuses one
 */
export async function startNodes(client: Client, groups: readonly NodeGroup[], network: Network): Promise<Nodes> {
  const nodes = new Map<string, NodeFacts>();
  const of = (group: NodeGroup) => [...nodes.values()].filter((node) => node.group === group.name);

  const add = async (group: NodeGroup): Promise<void> => {
    if (of(group).length >= group.size.max) throw new Error(`node group ${group.name} is at its maximum of ${group.size.max}`);
    const inZone = (zone: string) => of(group).filter((node) => node.zone === zone).length;
    const [zone] = [...group.zones].sort((a, b) => inZone(a) - inZone(b));
    if (zone === undefined) throw new Error(`node group ${group.name} has no zones`);
    const address = network.next(zone);
    const node = { name: `ip-${address.replaceAll('.', '-')}.ec2.internal`, group: group.name, zone, address };
    nodes.set(node.name, node);
    const answer = await client.request('POST', '/api/v1/nodes', { body: JSON.stringify(nodeObject(group, node)) });
    if (answer.status !== 201) throw new Error(`node ${node.name}: ${JSON.stringify(answer.body)}`);
    const body = JSON.stringify({ metadata: { name: node.name, namespace: 'kube-node-lease' }, spec: lease(node.name) });
    await client.request('POST', LEASES, { body });
  };
  const beat = async (): Promise<void> => {
    for (const { name } of nodes.values()) {
      const sent = { body: JSON.stringify({ spec: lease(name) }), contentType: 'application/merge-patch+json' };
      await client.request('PATCH', `${LEASES}/${name}`, sent);
    }
  };

  for (const group of groups) for (let i = 0; i < group.size.min; i += 1) await add(group);
  await untaint(client, nodes, groups);
  const timer = setInterval(() => void beat().catch(() => {}), HEARTBEAT_MS);
  return { count: (group) => of(group).length, add, get: (name) => nodes.get(name), stop: () => clearInterval(timer) };
}

const LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

const lease = (holderIdentity: string) => ({
  holderIdentity,
  leaseDurationSeconds: 40,
  renewTime: new Date().toISOString().replace('Z', '000Z'),
});

/** The server taints new nodes as not ready; a controller takes that off where they are. */
async function untaint(client: Client, nodes: ReadonlyMap<string, NodeFacts>, groups: readonly NodeGroup[]): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const { body } = await client.request('GET', '/api/v1/nodes');
    const taints = (body.items as { spec: { taints?: { key: string }[] } }[]).flatMap(({ spec }) => spec.taints ?? []);
    if (!taints.some(({ key }) => key === 'node.kubernetes.io/not-ready')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${nodes.size} nodes of ${groups.length} groups are not ready after 20 s`);
}

function nodeObject({ labels, taints, allocatable, name: group }: NodeGroup, { name, zone, address }: NodeFacts): object {
  const now = new Date().toISOString();
  const { cpu, memory, pods, ephemeralStorage = '1Ti' } = allocatable;
  const offer = { cpu, memory, pods: String(pods), 'ephemeral-storage': ephemeralStorage };
  const condition = (type: string, status: string) => ({ type, status, lastHeartbeatTime: now, lastTransitionTime: now });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'node.kubernetes.io/instance-type': 'fake',
        'topology.kubernetes.io/region': zone.slice(0, -1),
        'topology.kubernetes.io/zone': zone,
        'eks.amazonaws.com/nodegroup': group,
        ...labels,
      },
    },
    spec: { taints, providerID: `aws:///${zone}/${name}` },
    status: {
      capacity: offer,
      allocatable: offer,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        condition('Ready', 'True'),
        ...['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => condition(type, 'False')),
      ],
    },
  };
}
