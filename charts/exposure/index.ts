import type { WorkloadContext } from '../workload/context';
import { albExposure } from './alb';
import { ingressOf } from './choice';
import { gatewayExposure } from './gateway';
import { exposureOf, type Service } from './host';
import { nginxExposure } from './nginx';

export { exposureEdges } from './callers';
export * from './choice';
export { exposureOf, firstPort } from './host';
export { PublicGatewayChart, publicGateway } from './public-gateway';

/** What makes a workload reachable from outside, in the way that its cluster has chosen; nothing for one that is not exposed. */
export function exposure({ scope, workload, cluster }: WorkloadContext<Service>): void {
  const exposed = exposureOf(workload, cluster);
  if (exposed === undefined) return;
  const choice = ingressOf(cluster);
  if (choice.kind === 'nginx') nginxExposure(scope, exposed, choice);
  else if (choice.kind === 'alb') albExposure(scope, exposed, choice);
  else gatewayExposure(scope, exposed, choice);
}
