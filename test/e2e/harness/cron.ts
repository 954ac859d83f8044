import type { Client } from './client';

interface CronJob {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly spec: {
    readonly jobTemplate: { readonly metadata?: { readonly labels?: object; readonly annotations?: object }; readonly spec: object };
  };
}

/**
 * Makes one Job of every CronJob, as `kubectl create job --from` does: nobody waits until two at night.
 * @returns why the server refused one
 */
export async function runCronJobs(client: Client): Promise<readonly string[]> {
  const { body } = await client.request('GET', '/apis/batch/v1/cronjobs');
  const refused: string[] = [];
  for (const { metadata, spec } of body.items as CronJob[]) {
    const { name, namespace, uid } = metadata;
    const { labels, annotations } = spec.jobTemplate.metadata ?? {};
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: `${name}-now`,
        labels,
        annotations: { ...annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
        // Not as its controller, which would wonder where the Job comes from.
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name, uid }],
      },
      spec: spec.jobTemplate.spec,
    };
    const answer = await client.request('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, { body: JSON.stringify(job) });
    if (answer.status !== 201) refused.push(`CronJob ${namespace}/${name}: ${answer.status} ${answer.body.message}`);
  }
  return refused;
}
