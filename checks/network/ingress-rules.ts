import type { SourcedObject } from '../../synth/object';
import { at, listAt, shown, textAt } from '../at';
import type { Check } from '../check';

/** Rules of an Ingress are ones that the API server accepts. */
export const ingressRules: Check = {
  id: 'ingress-rules',
  title: 'Hosts and paths of an Ingress are valid, and every path has a type.',
  severity: 'error',
  why: 'The API server refuses the Ingress, so nothing from outside reaches the service.',
  mend: 'Use a host name in lower case, a path that begins with /, and pathType Prefix, Exact or ImplementationSpecific.',
  *run(objects) {
    for (const subject of objects.filter(isIngress)) {
      for (const [i, rule] of listAt(subject.object, 'spec', 'rules').entries()) {
        const host = at(rule, 'host');
        const field = `spec.rules[${i}]`;
        if (host !== undefined && !isHost(host)) {
          yield { subject, field: `${field}.host`, message: `the host is ${shown(host)}, expected a DNS name in lower case, without port` };
        }
        for (const [j, path] of listAt(rule, 'http', 'paths').entries()) {
          for (const [member, message] of pathProblems(path)) yield { subject, field: `${field}.http.paths[${j}].${member}`, message };
        }
      }
    }
  },
};

/** An Ingress of a version that is still served. */
export function isIngress({ object }: SourcedObject): boolean {
  return object.kind === 'Ingress' && object.apiVersion === 'networking.k8s.io/v1';
}

/** A DNS name in lower case, perhaps with `*` as its first label; an address is none. */
export function isHost(host: unknown): boolean {
  if (typeof host !== 'string' || host.length > 253 || /^[\d.]+$/.test(host)) return false;
  const labels = (host.startsWith('*.') ? host.slice(2) : host).split('.');
  return labels.every((label) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(label));
}

function pathProblems(path: unknown): readonly (readonly [string, string])[] {
  const text = textAt(path, 'path');
  const type = at(path, 'pathType');
  const found: (readonly [string, string])[] = [];
  if (type !== 'Prefix' && type !== 'Exact' && type !== 'ImplementationSpecific') {
    found.push(['pathType', `pathType is ${shown(type)}, expected Prefix, Exact or ImplementationSpecific`]);
  }
  if (type === 'ImplementationSpecific' && text === undefined) return found;
  if (text === undefined || !text.startsWith('/')) {
    found.push(['path', `the path is ${shown(text)}, expected one that begins with /`]);
  } else if (type !== 'ImplementationSpecific' && /\/\/|\/\.\.?(\/|$)|%2f/i.test(text)) {
    found.push(['path', `the path is ${shown(text)}, expected one without //, /., /.. and %2f`]);
  }
  return found;
}
