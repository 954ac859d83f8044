import { groupOf } from '../../synth/object';
import type { Check } from '../check';
import { minorOf } from '../kubernetes-minor';
import { API_VERSIONS } from './api-versions';

/** Objects are written in API versions that the cluster serves. */
export const apiVersion: Check = {
  id: 'api-version',
  title: 'The API version of a built-in kind is served by the cluster, and not about to go.',
  severity: 'error',
  needs: ['kubernetes'],
  why: 'The API server answers that it knows no such kind, and the sync stops there.',
  mend: 'Write the object in the version that is named; the fields may differ.',
  *run(objects, { kubernetes }) {
    const minor = minorOf(kubernetes);
    if (minor === undefined) return;
    for (const subject of objects) {
      const { apiVersion: version, kind } = subject.object;
      const known = Object.hasOwn(API_VERSIONS, kind) ? API_VERSIONS[kind] : undefined;
      if (known === undefined || !builtIn(groupOf(subject.object))) continue;
      const field = 'apiVersion';
      const instead = Object.entries(known).findLast(
        ([, { since = 0, removed = Number.POSITIVE_INFINITY }]) => since <= minor && minor < removed,
      )?.[0];
      const use = instead === undefined ? 'no version of it is served' : `use ${instead}`;
      const served = known[version];
      if (served === undefined) {
        yield { subject, field, message: `there is no ${kind} in ${version}; ${use}` };
      } else if (served.removed !== undefined && minor >= served.removed) {
        yield {
          subject,
          field,
          message: `${version} ${kind} was removed in Kubernetes 1.${served.removed}, the cluster runs ${kubernetes}; ${use}`,
        };
      } else if (served.since !== undefined && minor < served.since) {
        yield {
          subject,
          field,
          message: `${version} ${kind} came with Kubernetes 1.${served.since}, the cluster runs ${kubernetes}; ${use}`,
        };
      } else if (served.deprecated !== undefined && minor >= served.deprecated) {
        const goes = served.removed === undefined ? '' : ` and is removed in 1.${served.removed}`;
        const why = 'The next upgrades of the cluster stop at this object.';
        yield {
          subject,
          field,
          severity: 'warning',
          message: `${version} ${kind} is deprecated since Kubernetes 1.${served.deprecated}${goes}; ${use}`,
          why,
        };
      }
    }
  },
};

/** Groups of Kubernetes itself; kinds of the same name in other groups belong to others. */
function builtIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}
