import { READINESS_GATE_LABEL, rendersAwsLoadBalancerController } from '../aws-load-balancer-controller';
import { catalogue } from '../catalogue';
import { ISSUERS } from '../certificates';
import type { Cluster } from '../cluster';
import { ingressOf, type NginxIngress } from '../exposure';
import { issuer, service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { IngressNginxChart } from './chart';
import { loadBalancer } from './load-balancer';
import { INGRESS_NGINX_NAMESPACE } from './names';
import { ingressNginxNetwork } from './network';
import { quotaOf } from './quota';

export { IngressNginxChart } from './chart';
export * from './names';

/**
 * ingress-nginx, for a cluster whose choice is `nginx`.
 * @throws when the cluster's choice is another
 */
export function ingressNginx(cluster: Cluster): PlatformComponent {
  const choice = nginxChoice(cluster);
  const { nodePorts } = loadBalancer(cluster, choice);
  return {
    runs: [catalogue['ingress-nginx']],
    namespaces: [
      {
        name: INGRESS_NGINX_NAMESPACE,
        meshed: cluster.mesh,
        quota: quotaOf(cluster, choice),
        loadBalancers: { services: 1, nodePorts },
        // A pod that the NLB does not send to yet is no reason to end another.
        ...(choice.loadBalancer === 'in-tree' ? {} : { labels: { [READINESS_GATE_LABEL]: 'enabled' } }),
      },
    ],
    network: ingressNginxNetwork(cluster, choice),
    deliver: (app, { edges }) => [
      {
        chart: new IngressNginxChart(app, 'ingress-nginx', cluster, choice, edges),
        namespace: INGRESS_NGINX_NAMESPACE,
        stage: 'ingress',
        provides: [service('ingress-nginx')],
        needs: [
          service('cert-manager'),
          issuer(ISSUERS.clusterCa),
          ...(cluster.mesh ? [service('mesh')] : []),
          ...(rendersAwsLoadBalancerController(cluster) ? [service('aws-load-balancer-controller')] : []),
        ],
      },
    ],
  };
}

function nginxChoice(cluster: Cluster): NginxIngress {
  const choice = ingressOf(cluster);
  if (choice.kind === 'nginx') return choice;
  throw new Error(
    `overlays/${cluster.name}/cluster.ts: ingress is '${choice.kind}', so ingress-nginx does not run. Leave the component out there.`,
  );
}
