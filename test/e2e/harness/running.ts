import type { NodeGroup } from '../../../checks/facts';
import { type Autoscaler, autoscaler } from './autoscaler';
import type { ControlPlane } from './control-plane';
import { startControllers } from './controllers';
import { startInjector } from './injector';
import { kubelet } from './kubelet';
import type { lineOf } from './lines';
import type { LivePod } from './live-pod';
import { startMetrics } from './metrics';
import { network } from './network';
import { type Nodes, startNodes } from './nodes';
import { LINKERD } from './proxy';
import { provisionVolumes } from './volumes';
import { watch } from './watch';

/** What there is of a cluster beside its manifests. */
export interface Ground {
  readonly nodeGroups: readonly NodeGroup[];
  /** Private subnets: zone to CIDR. */
  readonly subnets: Readonly<Record<string, string>>;
}

/** A cluster in which pods start, as far as the API can tell. */
export interface RunningCluster {
  readonly nodes: Nodes;
  readonly autoscaler: Autoscaler;
  /** Metrics of pods are there from now on. @throws (rejects) when the API server does not take them */
  serveMetrics(): Promise<void>;
  /** Ends what the harness plays; the programs end with the control plane. */
  stop(): Promise<void>;
}

/**
 * Puts under an API server what makes pods run: controllers and scheduler, real ones, and stand-ins for nodes, kubelets, the cluster
 * autoscaler, the provisioner of volumes, the metrics server (once it is asked for) and the mesh's injector.
 * @param binaries folder of the control plane's programs
 */
export async function startRunning(
  own: ControlPlane,
  binaries: string,
  line: ReturnType<typeof lineOf>,
  { nodeGroups, subnets }: Ground,
): Promise<RunningCluster> {
  const { client } = own;
  await startControllers(own, binaries);
  const addresses = network(subnets);
  const nodes = await startNodes(client, nodeGroups, addresses);
  const kubelets = kubelet(client, nodes, addresses);
  let scaler: Autoscaler | undefined;
  const pods = await watch<LivePod>(client, '/api/v1/pods', (pod) => {
    kubelets.see(pod);
    scaler?.see(pod);
  });
  scaler = autoscaler(nodes, nodeGroups, pods.items);
  const claims = await provisionVolumes(client, nodes);
  const metrics = await startMetrics(own, pods.items);
  const injector = await startInjector(own, LINKERD[line]);
  return {
    nodes,
    autoscaler: scaler,
    serveMetrics: metrics.serve,
    async stop() {
      scaler?.stop();
      kubelets.stop();
      nodes.stop();
      claims.stop();
      pods.stop();
      await injector.stop();
      metrics.stop();
    },
  };
}
