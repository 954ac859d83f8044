import { at, listAt, mapAt, shown } from '../at';
import type { Check, Report } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { parseQuantity } from '../quantity';

/** Relative error that arithmetic on quantities may leave. */
const TOLERANCE = 1e-9;

/** No request is above its limit. */
export const requestsWithinLimits: Check = {
  id: 'requests-within-limits',
  title: 'A request is at most the limit for the same resource.',
  severity: 'error',
  why: 'The API server refuses the pod, so the workload runs none.',
  mend: 'Lower the request or raise the limit.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const pod = template.field === '' ? 'spec.resources' : `${template.field}.spec.resources`;
      for (const problem of problems(at(template.spec, 'resources'), pod)) yield { subject: template.subject, ...problem };
      for (const { container, field } of containersOf(template)) {
        for (const problem of problems(container.resources, `${field}.resources`)) yield { subject: template.subject, ...problem };
      }
    }
    for (const subject of objects) {
      const { object } = subject;
      if (object.kind === 'PersistentVolumeClaim') {
        for (const problem of problems(at(object, 'spec', 'resources'), 'spec.resources')) yield { subject, ...problem };
      }
      for (const [i, claim] of listAt(object, 'spec', 'volumeClaimTemplates').entries()) {
        const field = `spec.volumeClaimTemplates[${i}].spec.resources`;
        for (const problem of problems(at(claim, 'spec', 'resources'), field)) yield { subject, ...problem };
      }
    }
  },
};

function* problems(resources: unknown, field: string): Iterable<Omit<Report, 'subject'>> {
  const limits = mapAt(resources, 'limits');
  for (const [resource, request] of Object.entries(mapAt(resources, 'requests'))) {
    const limit = limits[resource];
    const asked = parseQuantity(String(request));
    const most = parseQuantity(String(limit));
    // What is no quantity is another check's finding.
    if (asked === undefined || most === undefined) continue;
    if (asked > most * (1 + TOLERANCE)) {
      yield {
        field: `${field}.requests.${resource}`,
        message: `the request for ${resource} is ${shown(request)}, more than its limit ${shown(limit)}`,
      };
    } else if (asked < most * (1 - TOLERANCE) && notOvercommitted(resource)) {
      yield {
        field: `${field}.requests.${resource}`,
        message: `the request for ${resource} is ${shown(request)}, its limit ${shown(limit)}: this resource cannot be overcommitted`,
        mend: 'Set request and limit to the same number.',
      };
    }
  }
}

/** Huge pages and resources of device plugins: request and limit must be equal. */
function notOvercommitted(resource: string): boolean {
  return resource.startsWith('hugepages-') || (resource.includes('/') && !resource.split('/')[0]?.endsWith('kubernetes.io'));
}
