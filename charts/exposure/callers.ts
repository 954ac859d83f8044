import type { Cluster } from '../cluster';
import type { Edge } from '../network/edge';
import type { PodParty } from '../network/party';
import { gatewayPods, ingressController, loadBalancers } from '../network/well-known';
import type { ResolvedWorkload } from '../workload/resolve';
import { healthPort } from './alb';
import { ingressOf } from './choice';
import { exposureOf } from './host';

/** Who calls an exposed workload from the edge of the cluster: the ingress controller, a Gateway's pods, or a load balancer itself. */
export function exposureEdges(workload: ResolvedWorkload, to: PodParty, cluster: Cluster): readonly Edge[] {
  const exposure = exposureOf(workload, cluster);
  if (exposure === undefined) return [];
  const { port } = exposure;
  const choice = ingressOf(cluster);
  switch (choice.kind) {
    case 'nginx':
      return [{ from: ingressController(cluster), to, port }];
    case 'gateway':
      return [{ from: gatewayPods(choice), to, port }];
    case 'alb': {
      const from = loadBalancers(cluster);
      // Targets are the pods themselves. It also asks for their health, perhaps elsewhere.
      return [...new Set([port, healthPort(exposure)])].map((each) => ({ from, to, port: each, direct: true }));
    }
  }
}
