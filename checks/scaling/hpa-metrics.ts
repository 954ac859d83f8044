import type { SourcedObject } from '../../synth/object';
import { at, listAt, numberAt, shown, textAt } from '../at';
import { type Autoscaler, scalingOf } from '../autoscalers';
import type { Check, Report } from '../check';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';

const MEMBERS: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

/** Metrics of an autoscaler can be computed. */
export const hpaMetrics: Check = {
  id: 'hpa-metrics',
  title: 'Metrics of an autoscaler are complete, and a utilization metric finds a request on every container.',
  severity: 'error',
  why: 'Utilization is a share of the request: without one the autoscaler reports FailedGetResourceMetric and never scales.',
  mend: 'Give every container of the target a request for that resource, or use a metric of another type.',
  *run(objects) {
    const index = podIndex(objects);
    const defaults = containerDefaults(objects);
    for (const autoscaler of scalingOf(objects).autoscalers) {
      const { subject, runs } = autoscaler;
      const template = runs === undefined ? undefined : index.of(runs);
      const withDefaults = (container: unknown, resource: string) =>
        at(container, 'resources', 'requests', resource) !== undefined ||
        at(container, 'resources', 'limits', resource) !== undefined ||
        defaults.has(`${namespaceOf(subject.object)} ${resource}`);
      for (const metric of metricsOf(autoscaler)) yield* problems(subject, metric, template, withDefaults);
    }
  },
};

interface Metric {
  readonly field: string;
  readonly value: unknown;
}

function metricsOf({ subject: { object } }: Autoscaler): readonly Metric[] {
  if (object.kind !== 'HorizontalPodAutoscaler') return [];
  if (object.apiVersion === 'autoscaling/v1') {
    const averageUtilization = at(object, 'spec', 'targetCPUUtilizationPercentage') ?? 80;
    const value = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
    return [{ field: 'spec.targetCPUUtilizationPercentage', value }];
  }
  return listAt(object, 'spec', 'metrics').map((value, i) => ({ field: `spec.metrics[${i}]`, value }));
}

function* problems(
  subject: SourcedObject,
  { field, value }: Metric,
  template: PodTemplate | undefined,
  requests: (container: unknown, resource: string) => boolean,
): Iterable<Report> {
  const type = textAt(value, 'type') ?? '';
  const member = MEMBERS[type];
  if (member === undefined || at(value, member) === undefined) {
    const expected = member === undefined ? `one of ${Object.keys(MEMBERS).join(', ')}` : `a member ${member} beside it`;
    yield {
      subject,
      field,
      message: `the metric has type ${shown(type)}, expected ${expected}`,
      why: 'The API server refuses the autoscaler.',
      mend: 'Give the metric the type and the member of its source.',
    };
    return;
  }
  if (member !== 'resource' && member !== 'containerResource') return;
  const target = at(value, member, 'target');
  const resource = textAt(value, member, 'name') ?? '';
  if (textAt(target, 'type') !== 'Utilization') return;
  const percent = numberAt(target, 'averageUtilization');
  if (percent === undefined || percent < 1) {
    yield {
      subject,
      field,
      message: `averageUtilization is ${shown(at(target, 'averageUtilization'))}, expected a percentage of at least 1`,
      why: 'The API server refuses the autoscaler.',
      mend: 'Set averageUtilization to the percentage of the request at which pods should run.',
    };
  }
  if (template === undefined) return;
  const containers = listAt(template.spec, 'containers');
  if (member === 'resource') {
    const without = containers.filter((container) => !requests(container, resource)).map((container) => textAt(container, 'name'));
    if (without.length > 0) {
      yield {
        subject,
        field,
        message: `${resource} utilization needs a request, but container ${without.join(', ')} of the target has none`,
      };
    }
    return;
  }
  const name = textAt(value, member, 'container');
  const container = [...containers, ...listAt(template.spec, 'initContainers')].find((candidate) => textAt(candidate, 'name') === name);
  if (container === undefined) {
    yield { subject, field, message: `the target has no container ${shown(name)}`, mend: 'Name a container of the target.' };
  } else if (!requests(container, resource)) {
    yield { subject, field, message: `${resource} utilization needs a request, but container ${name} of the target has none` };
  }
}

/** `<namespace> <resource>` for which a LimitRange gives every container a request. */
function containerDefaults(objects: readonly SourcedObject[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { object } of objects) {
    if (object.kind !== 'LimitRange') continue;
    for (const limit of listAt(object, 'spec', 'limits')) {
      if (textAt(limit, 'type') !== 'Container') continue;
      for (const member of ['defaultRequest', 'default']) {
        for (const resource of Object.keys(at(limit, member) ?? {})) found.add(`${namespaceOf(object)} ${resource}`);
      }
    }
  }
  return found;
}
