import { digest } from '../workload/hash';
import type { ResolvedWorkload } from '../workload/resolve';
import { FixedReplicas } from '../workload/scaling';
import { type Dashboard, dashboard, type Link, type Row } from './dashboard';
import { logsLink, tracesLink } from './explore';
import { type Panel, type Query, stat, timeseries } from './panel';
import { memoryStat, type Pods, podsOf, resourcePanels, restartPanel, restartStat } from './pods';
import { poolPanels } from './pools';
import { oneOf, select } from './promql';
import { callerPanel, type Requests, requestPanels, requestStats, statusPanel } from './requests';
import { runRows } from './runs';
import { calledBy, isRunning, isStateful, type Running, type Subject, serversOf } from './subject';

/** Uid of a workload's dashboard. */
export const workloadUid = (name: string): string =>
  // Grafana takes 40 characters: of longer names a hash tells them apart.
  name.length <= 31 ? `workload-${name}` : `workload-${name.slice(0, 22)}-${digest(name).slice(0, 8)}`;

/** The dashboard of one workload: what it is asked, how it answers, what it uses. */
export function workloadDashboard(workload: ResolvedWorkload, subject: Subject): Dashboard {
  const { name } = workload;
  const { cluster } = subject;
  return dashboard({
    uid: workloadUid(name),
    title: name,
    description: `${name} in ${cluster.name}: requests, pods and what they use.`,
    tags: [cluster.platform, 'workload', workload.kind],
    links: linksOf(name, subject),
    rows: isRunning(workload) ? runningRows(workload, subject) : runRows(workload, cluster.namespace),
  });
}

function linksOf(name: string, { cluster, logs, traces }: Subject): readonly Link[] {
  const uid = logs?.uidOf(cluster.namespace);
  return [
    { title: 'Service health', url: '/d/service-health' },
    ...(uid === undefined ? [] : [logsLink(uid, name)]),
    ...(traces === undefined ? [] : [tracesLink(traces.uid, name)]),
  ];
}

function runningRows(workload: Running, subject: Subject): readonly Row[] {
  const { name, props } = workload;
  const { namespace } = subject.cluster;
  const kind = isStateful(workload) ? 'StatefulSet' : 'Deployment';
  const pods: Pods = { namespace, pod: podsOf(kind, name), container: name };
  const servers = serversOf(name, subject);
  const requests: Requests | undefined = servers.length === 0 ? undefined : { namespace, servers: oneOf(servers) };
  const wide = requests === undefined ? 8 : 4;
  return [
    {
      title: 'Now',
      panels: [
        ...(requests === undefined ? [] : requestStats(requests)),
        availableStat(workload, namespace, wide),
        restartStat(pods, wide),
        memoryStat(pods, wide),
      ],
    },
    ...(requests === undefined
      ? []
      : [{ title: 'Requests', panels: [...requestPanels(requests, 'gets'), statusPanel(requests, 12), callerPanel(requests, 12)] }]),
    callRow(workload, subject),
    { title: 'Database', panels: props.database === undefined ? [] : poolPanels(name) },
    { title: 'Pods', panels: [scalePanel(workload, namespace), restartPanel(pods, 12)] },
    { title: 'Resources', panels: resourcePanels(pods, props.resources.limits.cpu !== undefined) },
  ];
}

/** What a workload asks of others, as these see it. */
function callRow({ name }: Running, subject: Subject): Row {
  const servers = calledBy(name, subject);
  const { namespace } = subject.cluster;
  const caller = { matches: `${name}[.]${namespace}[.]serviceaccount[.].*` };
  return {
    title: 'Calls to others',
    panels: servers.length === 0 ? [] : requestPanels({ namespace, servers: oneOf(servers), caller }, 'makes'),
  };
}

const controllerLabels = (workload: Running, namespace: string) => ({
  namespace,
  [isStateful(workload) ? 'statefulset' : 'deployment']: workload.name,
});

const available = (workload: Running, namespace: string): string =>
  select(`kube_${isStateful(workload) ? 'statefulset' : 'deployment'}_status_replicas_available`, controllerLabels(workload, namespace));

const desired = (workload: Running, namespace: string): string =>
  select(isStateful(workload) ? 'kube_statefulset_replicas' : 'kube_deployment_spec_replicas', controllerLabels(workload, namespace));

const availableStat = (workload: Running, namespace: string, span: number): Panel =>
  stat({
    title: 'Pods available',
    description: 'Share of the pods that should run which do, and are ready.',
    unit: 'percentunit',
    decimals: 0,
    span,
    most: 1,
    limits: { warn: 1, bad: 0.5 },
    expr: `max(${available(workload, namespace)})\n/\nmax(${desired(workload, namespace)} > 0)`,
    none: 'no pods',
  });

/** Pods over time, between the bounds of the autoscaler where there is one. */
function scalePanel(workload: Running, namespace: string): Panel {
  const scaled = !(workload.props.scale instanceof FixedReplicas);
  const hpa = (metric: string) =>
    `max(${select(`kube_horizontalpodautoscaler_${metric}`, { namespace, horizontalpodautoscaler: workload.name })})`;
  const bounds: readonly Query[] = [
    { expr: hpa('spec_min_replicas'), legend: 'least', line: true },
    { expr: hpa('spec_max_replicas'), legend: 'most', line: true },
  ];
  return timeseries({
    title: 'Pods',
    description: scaled
      ? 'Pods that are ready, and how many there should be. Dashed: the bounds of the autoscaler; at the upper one, load finds no more pods.'
      : 'Pods that are ready, and how many there should be. No autoscaler changes their number.',
    unit: 'short',
    decimals: 0,
    span: 12,
    queries: [
      { expr: `max(${available(workload, namespace)})`, legend: 'available' },
      { expr: `max(${desired(workload, namespace)})`, legend: 'desired' },
      ...(scaled ? bounds : []),
    ],
  });
}
