import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt, textAt } from '../at';
import type { Check } from '../check';
import { type Lookup, lookup, namespaceOf } from '../lookup';
import { missingServicePort, portOf } from './port-reference';

const GATEWAY = 'gateway.networking.k8s.io';
const KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** Parents and backends of Gateway API routes (also of the mesh's) are there. */
export const routeReferencesExist: Check = {
  id: 'route-references-exist',
  title: 'Every parent and backend of an HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute exists.',
  severity: 'error',
  why: 'A route without its parent is ignored; one without its backend answers 500.',
  mend: 'Correct group, kind, name, namespace or port of the reference.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    const routes = KINDS.flatMap((kind) => [...all.all(GATEWAY, kind), ...all.all('policy.linkerd.io', kind)]);
    for (const subject of routes) {
      const { spec } = subject.object;
      for (const [i, ref] of listAt(spec, 'parentRefs').entries()) {
        const message = missing(all, subject, ref, { group: GATEWAY, kind: 'Gateway' });
        if (message !== undefined) yield { subject, field: `spec.parentRefs[${i}]`, message };
      }
      for (const [i, rule] of listAt(spec, 'rules').entries()) {
        for (const [j, ref] of listAt(rule, 'backendRefs').entries()) {
          const message = missing(all, subject, ref, { group: '', kind: 'Service' });
          if (message !== undefined) yield { subject, field: `spec.rules[${i}].backendRefs[${j}]`, message };
        }
      }
    }
  },
};

function missing(all: Lookup, subject: SourcedObject, ref: unknown, defaults: { group: string; kind: string }): string | undefined {
  const { group = defaults.group, kind = defaults.kind, port } = mapAt(ref);
  const name = textAt(ref, 'name');
  const namespace = textAt(ref, 'namespace') ?? namespaceOf(subject.object);
  if (name === undefined) return undefined;
  // Linkerd writes the core group as `core`.
  if ((group === '' || group === 'core') && kind === 'Service') return missingServicePort(all, namespace, name, portOf(port));
  return all.exists(String(group), String(kind), name, namespace)
    ? undefined
    : `refers to ${kind} ${namespace}/${name}, which does not exist`;
}
