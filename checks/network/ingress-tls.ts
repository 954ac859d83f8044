import { listAt, textAt } from '../at';
import type { Check } from '../check';
import { isIngress } from './ingress-rules';

/** Every host of an Ingress has a certificate. */
export const ingressTls: Check = {
  id: 'ingress-tls',
  title: 'Hosts of the rules of an Ingress are covered by its TLS hosts.',
  severity: 'error',
  why: 'Visitors of such a host get the default certificate of the controller, and a warning of their browser.',
  mend: 'Add the host to spec.tls, with a secret that holds its certificate.',
  *run(objects) {
    for (const subject of objects.filter(isIngress)) {
      const { object } = subject;
      // The AWS load balancer takes certificates from ACM: by annotation, or found by host name.
      const ingressClass = textAt(object, 'spec', 'ingressClassName') ?? object.metadata.annotations?.['kubernetes.io/ingress.class'];
      if (ingressClass === 'alb') continue;
      const tls = listAt(object, 'spec', 'tls');
      if (tls.length === 0) {
        const why = 'Passwords and tokens travel in the clear.';
        yield { subject, field: 'spec.tls', severity: 'warning', message: 'the Ingress has no TLS', why };
        continue;
      }
      const covered = tls.flatMap((entry) => listAt(entry, 'hosts').map(String));
      const ruled: string[] = [];
      for (const [i, rule] of listAt(object, 'spec', 'rules').entries()) {
        const host = textAt(rule, 'host');
        if (host === undefined) continue;
        ruled.push(host);
        if (covered.some((pattern) => covers(pattern, host))) continue;
        const message = `the host ${host} is not covered by the TLS hosts ${covered.join(', ') || '(none)'}`;
        yield { subject, field: `spec.rules[${i}].host`, message };
      }
      for (const [i, entry] of tls.entries()) {
        for (const [j, host] of listAt(entry, 'hosts').entries()) {
          if (ruled.some((name) => covers(String(host), name))) continue;
          const why = 'A certificate is asked for that nothing uses.';
          const mend = 'Remove the host, or add a rule for it.';
          yield { subject, field: `spec.tls[${i}].hosts[${j}]`, severity: 'warning', message: `no rule has the host ${host}`, why, mend };
        }
      }
    }
  },
};

/** Does a certificate for `pattern` serve `host`? A wildcard stands for one label. */
function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith('*.') && host.slice(host.indexOf('.')) === pattern.slice(1));
}
