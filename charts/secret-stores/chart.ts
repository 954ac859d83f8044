import type { App } from 'cdk8s';
import { customResource } from '../../imports/custom-resource';
import { ClusterSecretStore } from '../../imports/external-secrets.io';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';
import { SECRET_STORES } from './names';

/**
 * The stores that ExternalSecrets read from; one Argo CD Application. They name no credentials: the operator's own service account
 * assumes an IAM role (IRSA). Only namespaces that are listed may use them.
 */
export class SecretStoresChart extends NamedChart {
  /** @param namespaces - that may use the stores */
  constructor(scope: App, id: string, cluster: Cluster, namespaces: readonly string[]) {
    super(scope, id);
    const stores = [
      { name: SECRET_STORES.secretsManager, service: 'SecretsManager' },
      { name: SECRET_STORES.parameterStore, service: 'ParameterStore' },
    ] as const;
    for (const { name, service } of stores) {
      customResource(this, name, ClusterSecretStore, {
        metadata: { name, labels: { ...standardLabels('secret-stores', 'platform', cluster.platform) } },
        spec: {
          conditions: [{ namespaces: [...namespaces] }],
          provider: { aws: { service, region: cluster.aws.data.region } },
        },
      });
    }
  }
}
