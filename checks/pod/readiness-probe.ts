import type { SourcedObject } from '../../synth/object';
import { at, entriesAt, listAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import { containersOf, type PodTemplate } from '../pods';
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
    const serviceOf = servicesByPod(objects);
    for (const template of podIndex(objects).templates.filter(isLongRunning)) {
      for (const { container, field, init } of containersOf(template)) {
        if (init || listAt(container, 'ports').length === 0 || container.readinessProbe) continue;
        const service = serviceOf(template);
        const report = { subject: template.subject, field: `${field}.readinessProbe` };
        const message = `container ${container.name} listens on ports and has no readiness probe`;
        if (service === undefined) yield { ...report, message: `${message}; expected one` };
        else if (isTargeted(service, listAt(container, 'ports'))) {
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

/** Finds a Service that selects the pods of a template. */
function servicesByPod(objects: readonly SourcedObject[]): (template: PodTemplate) => SourcedObject | undefined {
  const candidates = new Map<string, SourcedObject[]>();
  for (const subject of lookup(objects).all('', 'Service')) {
    // Pods that a Service selects have all labels of its selector, so they have the first.
    const [first] = entriesAt(subject.object, 'spec', 'selector');
    if (first === undefined) continue;
    const key = `${namespaceOf(subject.object)}/${first[0]}=${first[1]}`;
    const list = candidates.get(key);
    if (list === undefined) candidates.set(key, [subject]);
    else list.push(subject);
  }
  return ({ subject, labels }) =>
    Object.entries(labels)
      .flatMap(([key, value]) => candidates.get(`${namespaceOf(subject.object)}/${key}=${value}`) ?? [])
      .find(({ object }) => selects({ matchLabels: Object.fromEntries(entriesAt(object, 'spec', 'selector')) } as LabelSelector, labels));
}

/** Whether a Service sends requests to one of a container's ports; those of a sidecar may serve metrics alone. */
function isTargeted({ object }: SourcedObject, containerPorts: readonly unknown[]): boolean {
  const targets = listAt(object, 'spec', 'ports').map((port) => at(port, 'targetPort') ?? at(port, 'port'));
  return containerPorts.some((port) => targets.includes(at(port, 'name')) || targets.includes(at(port, 'containerPort')));
}
