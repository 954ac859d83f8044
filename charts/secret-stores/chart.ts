import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { ClusterSecretStore } from '../../imports/external-secrets.io';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { EXTERNAL_SECRETS_NAMESPACE } from '../external-secrets/unit';
import { standardLabels } from '../workload/labels';
import { MONITORING_NAMESPACE } from '../workload/monitoring';
import { dns, namespace, tcp } from '../workload/peers';
import { SECRET_STORES } from './names';

/**
 * The stores that ExternalSecrets read from; one Argo CD Application. They name no credentials: the operator's own service account
 * assumes an IAM role (IRSA). Only namespaces that are listed may use them.
 */
export class SecretStoresChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster) {
    super(scope, id);
    const stores = [
      { name: SECRET_STORES.secretsManager, service: 'SecretsManager' },
      { name: SECRET_STORES.parameterStore, service: 'ParameterStore' },
    ] as const;
    for (const { name, service } of stores) {
      customResource(this, name, ClusterSecretStore, {
        metadata: { name, labels: { ...standardLabels('secret-stores', 'platform', cluster.platform) } },
        spec: {
          conditions: [{ namespaces: [cluster.namespace] }],
          provider: { aws: { service, region: cluster.aws.data.region } },
        },
      });
    }
    operatorPolicy(this, cluster);
  }
}

/**
 * What the operator's pods may do on the network. The API server calls the webhook from its own addresses in the VPC; both it, by the
 * address of its Service, and AWS answer on 443.
 */
function operatorPolicy(scope: Construct, cluster: Cluster): void {
  const name = 'external-secrets';
  new k8s.KubeNetworkPolicy(scope, 'network-policy', {
    metadata: { name, namespace: EXTERNAL_SECRETS_NAMESPACE, labels: standardLabels('secret-stores', 'platform', cluster.platform) },
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
