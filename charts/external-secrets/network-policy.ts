import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';
import { MONITORING_NAMESPACE } from '../workload/monitoring';
import { dns, namespace, tcp } from '../workload/peers';
import { EXTERNAL_SECRETS_NAMESPACE } from './unit';

/**
 * What the operator's pods may do on the network. The API server calls the webhook from its own addresses in the VPC; both it, by the
 * address of its Service, and AWS answer on 443. It has to stand before the operator starts, or that never becomes ready.
 */
export function externalSecretsPolicy(scope: Construct, cluster: Cluster): void {
  const name = 'external-secrets';
  new k8s.KubeNetworkPolicy(scope, 'external-secrets-policy', {
    metadata: { name, namespace: EXTERNAL_SECRETS_NAMESPACE, labels: standardLabels('namespaces', 'platform', cluster.platform) },
    spec: {
      // The namespace holds nothing but the operator.
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [{ ipBlock: { cidr: cluster.aws.data.vpc.cidr } }], ports: [tcp(10250)] },
        { from: [namespace(MONITORING_NAMESPACE)], ports: [tcp(8080)] },
      ],
      egress: [dns(), { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }], ports: [tcp(443)] }],
    },
  });
}
