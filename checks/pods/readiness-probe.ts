import type { SourcedObject } from '../../synth/object';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { entriesAt, listAt } from '../plain';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { type LabelSelector, selects } from '../selectors';
import { isLongRunning } from './kinds';

/** A container without ports gets no requests, so it has nothing to be ready for. */
export const readinessProbe: Check = {
  id: 'readiness-probe',
  title: 'Containers with ports have a readiness probe.',
  severity: 'warning',
  why: 'Without one a pod counts as ready when its process starts: a rollout replaces the old pods before the new ones can work.',
  mend: 'Add a readinessProbe that succeeds when the program can answer.',
  *run(objects) {
    const services = servicesByNamespace(objects);
    for (const template of podIndex(objects).templates.filter(isLongRunning)) {
      const service = (services.get(namespaceOf(template.subject.object)) ?? []).find(({ object }) => {
        const labels = Object.fromEntries(entriesAt(object, 'spec', 'selector'));
        return Object.keys(labels).length > 0 && selects({ matchLabels: labels } as LabelSelector, template.labels);
      });
      for (const { container, field, init } of containersOf(template)) {
        if (init || listAt(container, 'ports').length === 0 || container.readinessProbe) continue;
        const report = { subject: template.subject, field: `${field}.readinessProbe` };
        const message = `container ${container.name} listens on ports and has no readiness probe`;
        if (service === undefined) yield { ...report, message: `${message}; expected one` };
        else {
          yield {
            ...report,
            severity: 'error',
            message: `${message}, and Service ${service.object.metadata.name} sends requests to it; expected one`,
            why: 'The Service sends requests to every new pod before it can answer: each rollout and each scale-up loses some.',
          };
        }
      }
    }
  },
};

function servicesByNamespace(objects: readonly SourcedObject[]): ReadonlyMap<string, readonly SourcedObject[]> {
  const services = new Map<string, SourcedObject[]>();
  for (const subject of lookup(objects).all('', 'Service')) {
    const namespace = namespaceOf(subject.object);
    const list = services.get(namespace);
    if (list === undefined) services.set(namespace, [subject]);
    else list.push(subject);
  }
  return services;
}
