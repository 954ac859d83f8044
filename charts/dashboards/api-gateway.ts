import { exposureOf, ingressOf } from '../exposure';
import { type Dashboard, dashboard, type Row } from './dashboard';
import { nginxPanels } from './nginx';
import { oneOf } from './promql';
import { callerPanel, type Requests, requestPanels, statusPanel } from './requests';
import { calledBy, type Subject, serversOf } from './subject';

/** The public entrances of a platform: what comes in, what the gateway makes of it, and what it asks of services behind it. */
export function apiGateway(subject: Subject): Dashboard {
  const { cluster, workloads } = subject;
  const exposed = workloads.flatMap((workload) => exposureOf(workload, cluster) ?? []);
  const overNginx = ingressOf(cluster).kind === 'nginx';
  const rows = exposed.flatMap(({ workload, host }): readonly Row[] => {
    const { namespace } = cluster;
    const servers = serversOf(workload.name, subject);
    const behind = calledBy(workload.name, subject);
    const requests: Requests = { namespace, servers: oneOf(servers) };
    const caller = { matches: `${workload.name}[.]${namespace}[.]serviceaccount[.].*` };
    return [
      ...(overNginx ? [{ title: `${host}: at the edge`, panels: nginxPanels(host) }] : []),
      ...(servers.length === 0
        ? []
        : [
            {
              title: `${workload.name}: what it answers`,
              panels: [
                ...requestPanels(requests, { label: 'srv_name', legend: '{{srv_name}}' }),
                statusPanel(requests, 12),
                callerPanel(requests, 12),
              ],
            },
          ]),
      ...(behind.length === 0
        ? []
        : [
            {
              title: `${workload.name}: what it asks of services behind it`,
              panels: requestPanels({ namespace, servers: oneOf(behind), caller }, { label: 'srv_name', legend: '{{srv_name}}' }),
            },
          ]),
    ];
  });
  return dashboard({
    uid: 'api-gateway',
    title: 'API gateway',
    description: `Public hosts of ${cluster.name}: requests from outside, what answers them, and what is asked behind.`,
    tags: [cluster.platform, 'overview'],
    rows,
  });
}
