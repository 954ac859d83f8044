import { k8s } from 'cdk8s-plus-28';
import { database } from '../aws/refs';
import { imageReference } from '../aws/releases';
import { meshPodAnnotations } from '../network/pod-annotations';
import { SECRET_STORES } from '../secret-stores/names';
import { containerSecurity, environment, podSecurity, resourceRequirements } from './container';
import type { Running, WorkloadContext } from './context';
import { jobLimits } from './controller';
import { labelsOf, standardLabels } from './labels';
import { meshAnnotations } from './mesh';
import { migrationParty } from './party';
import { placement } from './placement';
import { DATABASE_CA_PATH, DATABASE_SECRET_PATH, externalSecret } from './secrets';

/** Name of a workload's migration Job. */
export const migrationName = (workload: string): string => `${workload}-migrate`;

/**
 * The Job that migrates a workload's schema before a new version starts: a Sync hook in wave 1 of the workload's own Application
 * (what it needs is wave 0, the workload wave 2), so that it runs at every sync and a failure stops the rollout.
 * It connects to the database directly: a pooler in transaction mode breaks the session locks that migration tools take.
 */
export function migration({ scope, workload, cluster, edges }: WorkloadContext<Running>): void {
  const { props, name, key } = workload;
  const job = props.migration;
  if (job === undefined) return;
  if (props.database === undefined)
    throw new Error(`${key}.migration: the workload has no \`database\` to migrate. State one, or take the migration out.`);
  const { endpoint, port, databaseName, tls } = database(cluster.aws, props.database.name);
  const jobName = migrationName(name);
  const labels = standardLabels(jobName, 'migration', cluster.platform);
  externalSecret(scope, 'database-ca', cluster.namespace, labelsOf(workload, cluster.platform), {
    objectName: `${name}-database-ca`,
    store: SECRET_STORES.parameterStore,
    remote: tls.caBundle,
    keys: { 'ca.crt': '' },
  });
  new k8s.KubeJob(scope, 'migration', {
    metadata: {
      name: jobName,
      namespace: cluster.namespace,
      labels,
      annotations: {
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        'argocd.argoproj.io/sync-wave': '1',
      },
    },
    spec: {
      ...jobLimits(job.deadlineSeconds ?? 600, job.retries ?? 1),
      // No time to live: the hook's result must still be there when Argo CD looks; the next sync deletes it.
      template: {
        metadata: {
          labels,
          annotations: { ...meshAnnotations(cluster, 'job'), ...meshPodAnnotations(migrationParty(workload, cluster), edges) },
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          restartPolicy: 'Never',
          securityContext: podSecurity,
          ...placement(cluster, props.nodeGroup, `${scope.node.path}: nodeGroup of ${key}`),
          containers: [
            {
              name: jobName,
              image: imageReference(cluster.aws, cluster.releases, job.image ?? props.image),
              imagePullPolicy: 'IfNotPresent',
              command: job.command === undefined ? undefined : [...job.command],
              args: job.args === undefined ? undefined : [...job.args],
              env: environment(
                {
                  DATABASE_HOST: endpoint,
                  DATABASE_PORT: String(port),
                  DATABASE_NAME: databaseName,
                  DATABASE_USER_FILE: `${DATABASE_SECRET_PATH}/username`,
                  DATABASE_PASSWORD_FILE: `${DATABASE_SECRET_PATH}/password`,
                  DATABASE_SSL_MODE: tls.mode,
                  DATABASE_SSL_ROOT_CERT: `${DATABASE_CA_PATH}/ca.crt`,
                },
                () => '',
              ),
              resources: resourceRequirements(job.resources),
              securityContext: containerSecurity(),
              volumeMounts: [
                { name: 'database', mountPath: DATABASE_SECRET_PATH, readOnly: true },
                { name: 'database-ca', mountPath: DATABASE_CA_PATH, readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: 'database', secret: { secretName: `${name}-database` } },
            { name: 'database-ca', secret: { secretName: `${name}-database-ca` } },
          ],
        },
      },
    },
  });
}
