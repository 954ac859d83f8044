import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import type { PlatformComponent } from '../platform/component';
import { NAME, NodeExporterChart, RESOURCES } from './chart';

/**
 * node-exporter on every node: what it uses of its processors, memory, disks and network. It has the node's own network, where no
 * NetworkPolicy holds: that Prometheus may call it stands with Prometheus.
 */
export function nodeExporter(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['node-exporter']],
    namespaces: [
      {
        name: NAME,
        meshed: false,
        quota: quotaOf(cluster),
        podSecurity: { enforce: 'privileged', why: 'node-exporter reads the files of its node and sees its network and processes.' },
      },
    ],
    network: { parties: [], edges: [] },
    deliver: (app) => [{ chart: new NodeExporterChart(app, NAME, cluster), namespace: NAME }],
  };
}

/** A pod for each node that there may be, and those that a rollout replaces. */
function quotaOf({ nodeGroups }: Cluster): { readonly cpu: string; readonly memory: string; readonly pods: number } {
  const nodes = Math.ceil(1.2 * nodeGroups.reduce((total, { size }) => total + size.max, 0));
  const { cpu, memory } = RESOURCES.requests;
  return { cpu: `${nodes * Number.parseInt(cpu, 10)}m`, memory: `${nodes * Number.parseInt(memory, 10)}Mi`, pods: nodes };
}
