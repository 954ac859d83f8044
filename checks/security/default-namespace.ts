import { scopes } from '../../synth/scope';
import type { Check } from '../check';

/** Custom kinds without a namespace may live in the cluster as a whole, so they pass. */
export const defaultNamespace: Check = {
  id: 'default-namespace',
  title: 'Nothing is put into the namespace default.',
  severity: 'warning',
  why: 'What lands there by mistake is outside the quotas, NetworkPolicies, Pod Security level and roles that other namespaces have.',
  mend: 'Set metadata.namespace to the namespace of the workload.',
  *run(objects) {
    const scopeOf = scopes([]);
    for (const subject of objects) {
      const { namespace } = subject.object.metadata;
      const report = { subject, field: 'metadata.namespace' };
      if (namespace === 'default') yield { ...report, message: 'the namespace is default; expected one of its own' };
      else if (!namespace && scopeOf(subject.object) === 'Namespaced') {
        yield {
          ...report,
          message: `a ${subject.object.kind} has no namespace, so it lands in the one that is current when it is applied; expected one`,
        };
      }
    }
  },
};
