import { exposureOf, ingressOf } from '../exposure';
import { type Dashboard, dashboard, type Row } from './dashboard';
import { nginxPanels, nginxStats } from './nginx';
import { oneOf } from './promql';
import { requestPanels } from './requests';
import { calledBy, type Subject, serversOf } from './subject';

/** The public entrances of a platform: what comes in, what answers it, and what is asked of services behind. */
export function apiGateway(subject: Subject): Dashboard {
  const { cluster, workloads } = subject;
  const { namespace } = cluster;
  const exposed = workloads.flatMap((workload) => exposureOf(workload, cluster) ?? []);
  const overNginx = ingressOf(cluster).kind === 'nginx';
  const rows = exposed.flatMap(({ workload: { name }, host }): readonly Row[] => {
    const servers = serversOf(name, subject);
    const behind = calledBy(name, subject);
    const caller = { matches: `${name}[.]${namespace}[.]serviceaccount[.].*` };
    return [
      { title: `${host}: at the edge`, panels: overNginx ? nginxPanels(host) : [] },
      {
        title: `${name}: what it answers`,
        panels: servers.length === 0 ? [] : requestPanels({ namespace, servers: oneOf(servers) }, 'gets'),
      },
      {
        title: `${name}: what it asks of services behind`,
        panels: behind.length === 0 ? [] : requestPanels({ namespace, servers: oneOf(behind), caller }, 'makes'),
      },
    ];
  });
  return dashboard({
    uid: 'api-gateway',
    title: 'API gateway',
    description: `Public hosts of ${cluster.name}: requests from outside, what answers them, and what is asked behind.`,
    tags: [cluster.platform, 'overview'],
    rows: [{ title: 'Now', panels: overNginx ? nginxStats(oneOf(exposed.map(({ host }) => host))) : [] }, ...rows],
  });
}
