import { type Dashboard, dashboard } from './dashboard';
import { type Panel, stat, timeseries } from './panel';
import { max, rate, select, sum } from './promql';
import type { Subject } from './subject';
import { table } from './table';

const BUSY = { warn: 0.8, bad: 0.9 } as const;
const ROOT = { mountpoint: '/' } as const;

/** Share of CPU time that is not idle. */
const cpuUsed = (by: string) => `1 - avg by (${by}) (${rate(select('node_cpu_seconds_total', { mode: 'idle' }))})`;
const memoryUsed = '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes';
const rootUsed = `1 - ${select('node_filesystem_avail_bytes', ROOT)} / ${select('node_filesystem_size_bytes', ROOT)}`;
const requested = (resource: string, by: readonly string[] = []) => sum(select('kube_pod_container_resource_requests', { resource }), by);
const allocatable = (resource: string) => sum(select('kube_node_status_allocatable', { resource }));

/** Nodes, room, volumes and DNS of a cluster. */
export function systemResources({ cluster }: Subject): Dashboard {
  return dashboard({
    uid: 'system-resources',
    title: 'System resources',
    description: `Nodes of ${cluster.name}: how busy they are, how much of them is asked for, and which volumes fill.`,
    tags: [cluster.platform, 'overview'],
    rows: [
      { title: 'Now', panels: numbers() },
      { title: 'Nodes', panels: nodes() },
      { title: 'Room', panels: room() },
      { title: 'Volumes and pods', panels: volumes() },
    ],
  });
}

const numbers = (): readonly Panel[] => [
  stat({
    title: 'Nodes ready',
    description: 'Share of the nodes that are ready.',
    unit: 'percentunit',
    decimals: 0,
    most: 1,
    span: 4,
    limits: { warn: 1, bad: 0.8 },
    expr: `${sum(select('kube_node_status_condition', { condition: 'Ready', status: 'true' }))}\n/\ncount(kube_node_info)`,
  }),
  stat({
    title: 'CPU used',
    description: 'Share of all CPU time that is not idle.',
    unit: 'percentunit',
    decimals: 0,
    most: 1,
    span: 4,
    limits: BUSY,
    expr: `1 - avg(${rate(select('node_cpu_seconds_total', { mode: 'idle' }))})`,
  }),
  stat({
    title: 'Memory used',
    description: 'Share of all memory that programs could not get.',
    unit: 'percentunit',
    decimals: 0,
    most: 1,
    span: 4,
    limits: BUSY,
    expr: '1 - sum(node_memory_MemAvailable_bytes) / sum(node_memory_MemTotal_bytes)',
  }),
  stat({
    title: 'CPU asked for',
    description: 'CPU that all pods request, as a share of what nodes offer to pods.',
    unit: 'percentunit',
    decimals: 0,
    span: 4,
    limits: { warn: 0.9, bad: 1 },
    expr: `${requested('cpu')}\n/\n${allocatable('cpu')}`,
  }),
  stat({
    title: 'Memory asked for',
    description: 'Memory that all pods request, as a share of what nodes offer to pods.',
    unit: 'percentunit',
    decimals: 0,
    span: 4,
    limits: { warn: 0.9, bad: 1 },
    expr: `${requested('memory')}\n/\n${allocatable('memory')}`,
  }),
  stat({
    title: 'Pods pending',
    description: 'Pods that wait for a node, a volume or an image. Those that hold room free for others wait by design.',
    unit: 'short',
    decimals: 0,
    span: 4,
    limits: { warn: 1, bad: 10 },
    expr: sum(select('kube_pod_status_phase', { phase: 'Pending' })),
  }),
];

const nodes = (): readonly Panel[] => [
  timeseries({
    title: 'CPU',
    description: 'Share of CPU time that is not idle, by node.',
    unit: 'percentunit',
    most: 1,
    span: 8,
    limits: { bad: 0.9 },
    queries: [{ expr: cpuUsed('node'), legend: '{{node}}' }],
  }),
  timeseries({
    title: 'Memory',
    description: 'Share of memory that programs could not get, by node.',
    unit: 'percentunit',
    most: 1,
    span: 8,
    limits: { bad: 0.9 },
    queries: [{ expr: max(memoryUsed, ['node']), legend: '{{node}}' }],
  }),
  timeseries({
    title: 'Root file system',
    description: 'Share of the root file system that is full, by node: images, logs and emptyDirs. The kubelet evicts pods at 90 %.',
    unit: 'percentunit',
    most: 1,
    span: 8,
    limits: { bad: 0.85 },
    queries: [{ expr: max(rootUsed, ['node']), legend: '{{node}}' }],
  }),
  timeseries({
    title: 'Network',
    description: 'Bytes per second, received and sent, of the busiest nodes.',
    unit: 'binBps',
    span: 8,
    queries: [
      {
        expr: `topk(5, ${sum(rate(select('node_network_receive_bytes_total', { device: { matches: 'e.*' } })), ['node'])})`,
        legend: 'received: {{node}}',
      },
      {
        expr: `topk(5, ${sum(rate(select('node_network_transmit_bytes_total', { device: { matches: 'e.*' } })), ['node'])})`,
        legend: 'sent: {{node}}',
      },
    ],
  }),
  timeseries({
    title: 'Disk time',
    description: 'Share of time in which a disk was busy, of the busiest disks.',
    unit: 'percentunit',
    span: 8,
    queries: [{ expr: `topk(5, ${max(rate('node_disk_io_time_seconds_total'), ['node', 'device'])})`, legend: '{{node}} {{device}}' }],
  }),
  timeseries({
    title: 'Waiting',
    description: 'Share of time in which some program waited for CPU, for memory, or for disks (pressure), of the worst node.',
    unit: 'percentunit',
    span: 8,
    queries: [
      { expr: max(rate('node_pressure_cpu_waiting_seconds_total')), legend: 'for CPU' },
      { expr: max(rate('node_pressure_memory_waiting_seconds_total')), legend: 'for memory' },
      { expr: max(rate('node_pressure_io_waiting_seconds_total')), legend: 'for disks' },
    ],
  }),
];

const room = (): readonly Panel[] => [
  timeseries({
    title: 'CPU by namespace',
    description: 'CPU that pods request. Dashed: what nodes offer to pods.',
    unit: 'suffix: cores',
    span: 12,
    stacked: true,
    queries: [
      { expr: requested('cpu', ['namespace']), legend: '{{namespace}}' },
      { expr: allocatable('cpu'), legend: 'offered', line: true },
    ],
  }),
  timeseries({
    title: 'Memory by namespace',
    description: 'Memory that pods request. Dashed: what nodes offer to pods.',
    unit: 'bytes',
    span: 12,
    stacked: true,
    queries: [
      { expr: requested('memory', ['namespace']), legend: '{{namespace}}' },
      { expr: allocatable('memory'), legend: 'offered', line: true },
    ],
  }),
];

const volumes = (): readonly Panel[] => [
  table({
    title: 'Volumes',
    description: 'How full the volumes of claims are.',
    span: 8,
    rows: { namespace: 'Namespace', persistentvolumeclaim: 'Claim' },
    columns: [
      {
        title: 'Full',
        unit: 'percentunit',
        limits: { warn: 0.75, bad: 0.9 },
        expr: max('kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes', ['namespace', 'persistentvolumeclaim']),
      },
      { title: 'Size', unit: 'bytes', expr: max('kubelet_volume_stats_capacity_bytes', ['namespace', 'persistentvolumeclaim']) },
    ],
  }),
  table({
    title: 'Quotas',
    description: 'How much of what each namespace may have is asked for. What does not fit is refused.',
    span: 8,
    rows: { namespace: 'Namespace', resource: 'Resource' },
    columns: [
      {
        title: 'Used',
        unit: 'percentunit',
        limits: { warn: 0.8, bad: 0.95 },
        expr: `${max(select('kube_resourcequota', { type: 'used' }), ['namespace', 'resource'])}\n/\n(${max(select('kube_resourcequota', { type: 'hard' }), ['namespace', 'resource'])} > 0)`,
      },
    ],
  }),
  timeseries({
    title: 'Containers killed for want of memory',
    description: 'Within an hour, by namespace and pod.',
    unit: 'short',
    decimals: 0,
    span: 8,
    queries: [{ expr: `${sum('increase(container_oom_events_total[1h])', ['namespace', 'pod'])} > 0`, legend: '{{namespace}} {{pod}}' }],
  }),
];
