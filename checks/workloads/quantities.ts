import type { KubeObject } from '../../synth/object';
import { at, listAt, mapAt, shown } from '../at';
import type { Check, Report } from '../check';
import { podIndex } from '../pod-index';
import { containersOf, type PodTemplate } from '../pods';
import { parseQuantity } from '../quantity';

type Found = readonly [field: string, resource: string, quantity: unknown];

/** Quantities are ones that Kubernetes reads as they were meant. */
export const quantities: Check = {
  id: 'quantities',
  title: 'Quantities are valid, not negative, and whole bytes where bytes are counted.',
  severity: 'error',
  why: 'The API server refuses the object; or 512m of memory is taken for half a byte.',
  mend: 'Write cpu as 500m or 2, and bytes with Ki, Mi or Gi.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      for (const found of podQuantities(template)) yield* problem(found, template.subject);
    }
    for (const subject of objects) {
      for (const found of objectQuantities(subject.object)) yield* problem(found, subject);
    }
  },
};

function* problem([field, resource, quantity]: Found, subject: Report['subject']): Iterable<Report> {
  const value = typeof quantity === 'string' || typeof quantity === 'number' ? parseQuantity(quantity) : undefined;
  if (value === undefined) yield { subject, field, message: `${shown(quantity)} is no quantity` };
  else if (value < 0) yield { subject, field, message: `the quantity is ${shown(quantity)}, expected 0 or more` };
  else if (isBytes(resource) && !Number.isInteger(value)) {
    yield { subject, field, message: `${shown(quantity)} of ${resource} is ${value} bytes: m stands for a thousandth, expected Mi?` };
  }
}

function isBytes(resource: string): boolean {
  return /(^|\.)(memory|storage|ephemeral-storage)$|^hugepages-/.test(resource);
}

function* podQuantities(template: PodTemplate): Iterable<Found> {
  const pod = template.field === '' ? 'spec' : `${template.field}.spec`;
  yield* resourceList(at(template.spec, 'resources'), `${pod}.resources`);
  yield* entries(template.spec.overhead, `${pod}.overhead`);
  for (const { container, field } of containersOf(template)) {
    yield* resourceList(container.resources, `${field}.resources`);
    for (const [i, env] of (container.env ?? []).entries()) {
      const divisor = env.valueFrom?.resourceFieldRef?.divisor;
      if (divisor !== undefined) yield [`${field}.env[${i}].valueFrom.resourceFieldRef.divisor`, 'divisor', divisor];
    }
  }
  for (const [i, volume] of (template.spec.volumes ?? []).entries()) {
    const size = volume.emptyDir?.sizeLimit;
    if (size !== undefined) yield [`${pod}.volumes[${i}].emptyDir.sizeLimit`, 'storage', size];
    yield* resourceList(
      volume.ephemeral?.volumeClaimTemplate?.spec?.resources,
      `${pod}.volumes[${i}].ephemeral.volumeClaimTemplate.spec.resources`,
    );
  }
}

function* objectQuantities(object: KubeObject): Iterable<Found> {
  switch (object.kind) {
    case 'PersistentVolumeClaim':
      yield* resourceList(at(object, 'spec', 'resources'), 'spec.resources');
      break;
    case 'StatefulSet':
      for (const [i, claim] of listAt(object, 'spec', 'volumeClaimTemplates').entries()) {
        yield* resourceList(at(claim, 'spec', 'resources'), `spec.volumeClaimTemplates[${i}].spec.resources`);
      }
      break;
    case 'PersistentVolume':
      yield* entries(at(object, 'spec', 'capacity'), 'spec.capacity');
      break;
    case 'ResourceQuota':
      yield* entries(at(object, 'spec', 'hard'), 'spec.hard');
      break;
    case 'LimitRange':
      for (const [i, limit] of listAt(object, 'spec', 'limits').entries()) {
        for (const member of ['min', 'max', 'default', 'defaultRequest', 'maxLimitRequestRatio']) {
          // A ratio is of two quantities of bytes, not one.
          const ratio = member === 'maxLimitRequestRatio';
          for (const [field, resource, quantity] of entries(at(limit, member), `spec.limits[${i}].${member}`)) {
            yield [field, ratio ? 'ratio' : resource, quantity];
          }
        }
      }
      break;
    case 'HorizontalPodAutoscaler':
      for (const [i, metric] of listAt(object, 'spec', 'metrics').entries()) {
        for (const type of ['resource', 'containerResource', 'pods', 'object', 'external']) {
          for (const member of ['averageValue', 'value']) {
            const quantity = at(metric, type, 'target', member);
            if (quantity !== undefined) yield [`spec.metrics[${i}].${type}.target.${member}`, 'metric', quantity];
          }
        }
      }
      break;
  }
}

function* resourceList(resources: unknown, field: string): Iterable<Found> {
  for (const member of ['requests', 'limits']) yield* entries(at(resources, member), `${field}.${member}`);
}

function* entries(map: unknown, field: string): Iterable<Found> {
  for (const [resource, quantity] of Object.entries(mapAt(map))) yield [`${field}.${resource}`, resource, quantity];
}
