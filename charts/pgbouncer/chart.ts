import type { App } from 'cdk8s';
import { customResource } from '../../imports/custom-resource';
import { ExternalSecret } from '../../imports/external-secrets.io';
import { database } from '../aws/refs';
import { SECRET_STORES } from '../secret-stores/names';
import { WorkloadChart, type WorkloadChartProps } from '../workload/chart';
import { labelsOf } from '../workload/labels';
import { DATABASE_REFRESH, externalSecret, REMOTE_DEFAULTS } from '../workload/secrets';
import type { PooledWorkload } from './pooled';

/** PgBouncer, its user list and the CA bundle of the servers behind it; one Argo CD Application. */
export class PgbouncerChart extends WorkloadChart {
  constructor(scope: App, props: WorkloadChartProps & { readonly pooled: readonly PooledWorkload[] }) {
    super(scope, props);
    const { cluster, workload, pooled } = props;
    const labels = labelsOf(workload, cluster.platform);
    const names = [...new Set(pooled.map((entry) => entry.database))].sort();
    const passwords = names.map((name) => database(cluster.aws, name).passwordSecret);
    const shared = passwords.find((secret, i) => passwords.indexOf(secret) !== i);
    if (shared !== undefined) {
      throw new Error(
        `${cluster.aws.file}: databases: two name the passwordSecret ${shared}. PgBouncer's user list has one password per user name: give each database a user of its own.`,
      );
    }
    const bundles = [...new Set(names.map((name) => database(cluster.aws, name).tls.caBundle))];
    const [bundle] = bundles;
    if (bundle === undefined || bundles.length > 1) {
      throw new Error(
        `${cluster.aws.file}: databases: PgBouncer reads one CA bundle, but the databases name ${bundles.join(', ') || 'none'}. Store one bundle with all CAs and name it for every database.`,
      );
    }
    externalSecret(this, 'ca', cluster.namespace, labels, {
      objectName: `${workload.name}-ca`,
      store: SECRET_STORES.parameterStore,
      remote: bundle,
      keys: { 'ca.crt': '' },
    });
    customResource(this, 'users', ExternalSecret, {
      metadata: { name: `${workload.name}-users`, namespace: cluster.namespace, labels: { ...labels } },
      spec: {
        refreshInterval: DATABASE_REFRESH,
        secretStoreRef: { kind: 'ClusterSecretStore', name: SECRET_STORES.secretsManager },
        target: {
          name: `${workload.name}-users`,
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: { engineVersion: 'v2', data: { 'userlist.txt': names.map(userlistLine).join('') } },
        },
        data: names.flatMap((name) =>
          ['password', 'username'].map((property) => ({
            secretKey: `${identifier(name)}_${property}`,
            remoteRef: { key: database(cluster.aws, name).passwordSecret, property, ...REMOTE_DEFAULTS },
          })),
        ),
      },
    });
  }
}

/** One line of PgBouncer's user list, as a template of External Secrets; a quote inside a value is doubled. */
function userlistLine(name: string): string {
  const value = (property: string) => `"{{ .${identifier(name)}_${property} | replace "\\"" "\\"\\"" }}"`;
  return `${value('username')} ${value('password')}\n`;
}

/** A name that Go templates can refer to. */
const identifier = (name: string): string => name.replaceAll('-', '_');
