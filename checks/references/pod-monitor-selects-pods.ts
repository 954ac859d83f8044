import { listAt, textAt } from '../at';
import type { Check } from '../check';
import { labelIndex } from '../label-index';
import { lookup, namespaceOf } from '../lookup';
import { containersOf, podTemplates } from '../pods';
import { monitorReports } from './monitor-targets';

/** A PodMonitor finds pods with the ports that it scrapes. */
export const podMonitorSelectsPods: Check = {
  id: 'pod-monitor-selects-pods',
  title: 'Every PodMonitor selects pods that have the ports that it scrapes.',
  severity: 'error',
  why: 'Prometheus finds no targets and says nothing: the metrics, and the alerts on them, are missing.',
  mend: 'Use the labels of the pod template and the name of one of its container ports.',
  *run(objects) {
    const pods = podTemplates(objects).map((template) => ({
      namespace: namespaceOf(template.subject.object),
      labels: template.labels,
      ports: containersOf(template).flatMap(({ container }) => listAt(container, 'ports').flatMap((port) => textAt(port, 'name') ?? [])),
    }));
    const targets = labelIndex(pods, (pod) => pod);
    for (const subject of lookup(objects).all('monitoring.coreos.com', 'PodMonitor')) {
      yield* monitorReports(subject, 'podMetricsEndpoints', targets, 'pod template');
    }
  },
};
