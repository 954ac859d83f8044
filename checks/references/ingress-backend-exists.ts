import { listAt, mapAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { missingServicePort, portOf } from './port-reference';

/** Services and ports that Ingresses route to are there. */
export const ingressBackendExists: Check = {
  id: 'ingress-backend-exists',
  title: 'Every Service and port that an Ingress routes to exists.',
  severity: 'error',
  why: 'Requests to that path are answered with 503.',
  mend: 'Correct the name or port of the backend, or the Service; an Ingress reaches only Services of its own namespace.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const subject of all.all('networking.k8s.io', 'Ingress')) {
      const { spec } = subject.object;
      const backends: (readonly [string, unknown])[] = [['spec.defaultBackend', mapAt(spec).defaultBackend]];
      for (const [i, rule] of listAt(spec, 'rules').entries()) {
        for (const [j, path] of listAt(rule, 'http', 'paths').entries())
          backends.push([`spec.rules[${i}].http.paths[${j}].backend`, mapAt(path).backend]);
      }
      for (const [field, backend] of backends) {
        const name = textAt(backend, 'service', 'name');
        const { name: portName, number } = mapAt(backend, 'service', 'port');
        // The AWS controller's actions stand where a Service would.
        if (name === undefined || portName === 'use-annotation') continue;
        const message = missingServicePort(all, namespaceOf(subject.object), name, portOf(portName ?? number));
        if (message !== undefined) yield { subject, field: `${field}.service`, message };
      }
    }
  },
};
