import { listAt, mapAt, textAt } from '../at';
import type { Check } from '../check';
import { labelIndex } from '../label-index';
import { lookup, namespaceOf } from '../lookup';
import { monitorReports } from './monitor-targets';

/** A ServiceMonitor finds a Service with the ports that it scrapes. */
export const serviceMonitorSelectsServices: Check = {
  id: 'service-monitor-selects-services',
  title: 'Every ServiceMonitor selects a Service that has the ports that it scrapes.',
  severity: 'error',
  why: 'Prometheus finds no targets and says nothing: the metrics, and the alerts on them, are missing.',
  mend: 'Use the labels of the Service (not of its pods) and the name of one of its ports.',
  *run(objects) {
    const all = lookup(objects);
    const services = all.all('', 'Service').map(({ object }) => ({
      namespace: namespaceOf(object),
      labels: mapAt(object, 'metadata', 'labels') as Readonly<Record<string, string>>,
      ports: listAt(object, 'spec', 'ports').flatMap((port) => textAt(port, 'name') ?? []),
    }));
    const targets = labelIndex(services, (service) => service);
    for (const subject of all.all('monitoring.coreos.com', 'ServiceMonitor'))
      yield* monitorReports(subject, 'endpoints', targets, 'Service');
  },
};
