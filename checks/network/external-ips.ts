import { listAt, shown } from '../at';
import type { Check } from '../check';

/** No Service claims addresses of its own. */
export const externalIps: Check = {
  id: 'external-ips',
  title: 'No Service has externalIPs.',
  severity: 'error',
  why: 'Every node then sends traffic for those addresses to this Service, whoever owns them (CVE-2020-8554).',
  mend: 'Remove externalIPs; use type LoadBalancer or an Ingress.',
  *run(objects) {
    for (const subject of objects) {
      if (subject.object.kind !== 'Service' || subject.object.apiVersion !== 'v1') continue;
      const addresses = listAt(subject.object, 'spec', 'externalIPs');
      if (addresses.length > 0) yield { subject, field: 'spec.externalIPs', message: `externalIPs is ${shown(addresses)}, expected none` };
    }
  },
};
