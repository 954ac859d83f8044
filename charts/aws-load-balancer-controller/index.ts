import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { ingressOf } from '../exposure';
import { crds, service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { AwsLoadBalancerControllerChart } from './chart';
import { awsLoadBalancerControllerNetwork, NAME, NAMESPACE } from './network';

export { READINESS_GATE_LABEL } from './webhooks';

/**
 * Whether the platform renders the controller: the contract does not say that the AWS layer installed it, and something wants it: an ALB,
 * or the NLB of ingress-nginx or of a Gateway, unless that is left to the cloud provider of EKS.
 */
export function rendersAwsLoadBalancerController(cluster: Pick<Cluster, 'aws' | 'ingress'>): boolean {
  const ingress = ingressOf(cluster);
  const wanted = ingress.kind !== 'nginx' || ingress.loadBalancer !== 'in-tree';
  return wanted && cluster.aws.data.addons.awsLoadBalancerController === undefined;
}

/**
 * The AWS Load Balancer Controller: makes NLBs of Services whose class is `service.k8s.aws/nlb`, and ALBs where that is the cluster's choice.
 * Its webhooks' certificate is of the cluster's own CA, so it comes after cert-manager.
 */
export function awsLoadBalancerController(cluster: Cluster): PlatformComponent {
  const component = catalogue[NAME];
  return {
    runs: [component],
    namespaces: [],
    network: awsLoadBalancerControllerNetwork(cluster),
    deliver: (app, { edges }) => [
      { unit: crdsUnit(component, cluster, ['elbv2.k8s.aws', 'aga.k8s.aws']) },
      {
        chart: new AwsLoadBalancerControllerChart(app, NAME, cluster, edges),
        namespace: NAMESPACE,
        provides: [service(NAME)],
        needs: [crds('elbv2.k8s.aws'), service('cert-manager')],
      },
    ],
  };
}
