import type { ResolvedWorkload } from '../workload/resolve';
import type { Row } from './dashboard';
import { stat, timeseries } from './panel';
import { memoryStat, podsOf, resourcePanels } from './pods';
import { max, select, sum } from './promql';

/** What there is to see of a workload that runs by the clock. */
export function runRows({ name, props }: Extract<ResolvedWorkload, { kind: 'cronJob' }>, namespace: string): readonly Row[] {
  const cronjob = { namespace, cronjob: name };
  const jobs = { namespace, job_name: { matches: `${name}-[0-9]+` } };
  const pods = { namespace, pod: podsOf('CronJob', name), container: name };
  return [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Last success',
          description: `When a run last ended well. It runs at \`${props.schedule}\` (UTC).`,
          unit: 'dateTimeFromNow',
          span: 6,
          expr: `${max(select('kube_cronjob_status_last_successful_time', cronjob))} * 1000`,
          none: 'never',
        }),
        stat({
          title: 'Next run',
          description: 'When it runs next.',
          unit: 'dateTimeFromNow',
          span: 6,
          expr: `${max(select('kube_cronjob_next_schedule_time', cronjob))} * 1000`,
          none: 'not planned',
        }),
        stat({
          title: 'Failed runs',
          description: 'Runs among those that are kept which failed in the end.',
          unit: 'short',
          decimals: 0,
          span: 6,
          limits: { bad: 1 },
          expr: `${sum(`${select('kube_job_status_failed', jobs)} > 0`)} or vector(0)`,
        }),
        memoryStat(pods, 6),
      ],
    },
    {
      title: 'Runs',
      panels: [
        timeseries({
          title: 'Duration',
          description: 'Time from start to end of each run that is kept. Dashed: the deadline, at which a run is stopped.',
          unit: 's',
          span: 12,
          queries: [
            {
              expr: `${max(select('kube_job_status_completion_time', jobs), ['job_name'])} - ${max(select('kube_job_status_start_time', jobs), ['job_name'])}`,
              legend: '{{job_name}}',
            },
            { expr: `vector(${props.deadlineSeconds})`, legend: 'deadline', line: true },
          ],
        }),
        timeseries({
          title: 'Running',
          description: 'Pods that run at a time, and pods of runs that failed.',
          unit: 'short',
          decimals: 0,
          span: 12,
          queries: [
            { expr: sum(select('kube_job_status_active', jobs)), legend: 'running' },
            { expr: sum(select('kube_job_status_failed', jobs)), legend: 'failed' },
          ],
        }),
      ],
    },
    { title: 'Resources', panels: resourcePanels(pods, props.resources.limits.cpu !== undefined) },
  ];
}
