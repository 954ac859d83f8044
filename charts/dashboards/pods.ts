import { type Panel, stat, timeseries } from './panel';
import { type Match, max, rate, select, sum } from './promql';

/** Pods of one workload, and the container in them that does its work. */
export interface Pods {
  readonly namespace: string;
  readonly pod: Match;
  readonly container: string;
}

/** Pods of a controller, by the names that it gives them. */
export const podsOf = (controller: 'Deployment' | 'StatefulSet' | 'CronJob', name: string): Match => ({
  matches: controller === 'StatefulSet' ? `${name}-[0-9]+` : `${name}-[0-9a-z]+-[0-9a-z]{5}`,
});

const podLabels = ({ namespace, pod }: Pods) => ({ namespace, pod });
const containerLabels = ({ namespace, pod, container }: Pods) => ({ namespace, pod, container });

/** What of a resource a container asks for, or may use. */
const bound = (pods: Pods, kind: 'requests' | 'limits', resource: 'cpu' | 'memory'): string =>
  max(select(`kube_pod_container_resource_${kind}`, { ...containerLabels(pods), resource }));

/** Memory of the fullest pod as a share of its limit. */
export const memoryOfLimit = (pods: Pods): string =>
  `${max(select('container_memory_working_set_bytes', containerLabels(pods)))}\n/\n${bound(pods, 'limits', 'memory')}`;

/** Restarts of containers in the last hour. */
export const restarts = (pods: Pods): string => sum(`increase(${select('kube_pod_container_status_restarts_total', podLabels(pods))}[1h])`);

/** What pods use, beside what they ask for and may use. @param cpuLimited - whether cpu is limited */
export const resourcePanels = (pods: Pods, cpuLimited: boolean): readonly Panel[] => [
  timeseries({
    title: 'CPU',
    description:
      'CPU that the main container of each pod uses. Dashed: what it asks for and, where there is one, its limit, at which it is throttled.',
    unit: 'suffix: cores',
    span: 12,
    queries: [
      { expr: sum(rate(select('container_cpu_usage_seconds_total', containerLabels(pods))), ['pod']), legend: '{{pod}}' },
      { expr: bound(pods, 'requests', 'cpu'), legend: 'request', line: true },
      ...(cpuLimited ? [{ expr: bound(pods, 'limits', 'cpu'), legend: 'limit', line: true }] : []),
    ],
  }),
  timeseries({
    title: 'Memory',
    description:
      'Memory that the main container of each pod cannot give back (working set). Dashed: what it asks for, and the limit at which it is killed.',
    unit: 'bytes',
    span: 12,
    queries: [
      { expr: sum(select('container_memory_working_set_bytes', containerLabels(pods)), ['pod']), legend: '{{pod}}' },
      { expr: bound(pods, 'requests', 'memory'), legend: 'request', line: true },
      { expr: bound(pods, 'limits', 'memory'), legend: 'limit', line: true },
    ],
  }),
  timeseries({
    title: 'CPU throttling',
    description: 'Share of time slices in which a container wanted more CPU than its limit.',
    unit: 'percentunit',
    span: 8,
    limits: { bad: 0.25 },
    queries: [
      {
        expr: `${sum(rate(select('container_cpu_cfs_throttled_periods_total', podLabels(pods))), ['container'])}\n/\n${sum(rate(select('container_cpu_cfs_periods_total', podLabels(pods))), ['container'])}`,
        legend: '{{container}}',
      },
    ],
  }),
  timeseries({
    title: 'Memory by container',
    description: 'Memory of all pods together by container: the proxy of the mesh and other sidecars beside the main one.',
    unit: 'bytes',
    span: 8,
    stacked: true,
    queries: [
      {
        expr: sum(select('container_memory_working_set_bytes', { ...podLabels(pods), container: { not: '' } }), ['container']),
        legend: '{{container}}',
      },
    ],
  }),
  timeseries({
    title: 'Network',
    description: 'Bytes per second of all pods together.',
    unit: 'binBps',
    span: 8,
    queries: [
      { expr: sum(rate(select('container_network_receive_bytes_total', podLabels(pods)))), legend: 'received' },
      { expr: sum(rate(select('container_network_transmit_bytes_total', podLabels(pods)))), legend: 'sent' },
    ],
  }),
];

/** Restarts as a number of now. */
export const restartStat = (pods: Pods, span: number): Panel =>
  stat({
    title: 'Restarts, 1 h',
    description: 'Restarts of containers within the last hour, of all pods together.',
    unit: 'short',
    decimals: 0,
    span,
    limits: { warn: 1, bad: 3 },
    expr: restarts(pods),
    none: 'no pods',
  });

/** Memory of the fullest pod as a number of now. */
export const memoryStat = (pods: Pods, span: number): Panel =>
  stat({
    title: 'Memory of limit',
    description: 'Memory of the fullest pod, as a share of the limit at which it would be killed.',
    unit: 'percentunit',
    decimals: 0,
    span,
    most: 1,
    limits: { warn: 0.8, bad: 0.9 },
    expr: memoryOfLimit(pods),
    none: 'no pods',
  });

/** Restarts and their reasons over time. */
export const restartPanel = (pods: Pods, span: number): Panel =>
  timeseries({
    title: 'Restarts',
    description: 'Restarts of containers within an hour, by pod and container; and how many containers were last ended for want of memory.',
    unit: 'short',
    span,
    queries: [
      {
        expr: `${sum(`increase(${select('kube_pod_container_status_restarts_total', podLabels(pods))}[1h])`, ['pod', 'container'])} > 0`,
        legend: '{{pod}} {{container}}',
      },
      {
        expr: `${sum(select('kube_pod_container_status_last_terminated_reason', { ...podLabels(pods), reason: 'OOMKilled' }), ['pod'])} > 0`,
        legend: 'out of memory: {{pod}}',
      },
    ],
  });
