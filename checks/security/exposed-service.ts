import { at, listAt, shown } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';

export const exposedService: Check = {
  id: 'exposed-service',
  title: 'A Service opens nothing to the outside by itself, except a load balancer that says for whom.',
  severity: 'error',
  why: 'The port is reachable past the ingress, its TLS, its rate limits and its logs.',
  mend: `Use ClusterIP and an Ingress; for a load balancer state the annotation ${SCHEME}, and for a public one exempt the Service with its reason.`,
  *run(objects) {
    for (const subject of lookup(objects).all('', 'Service')) {
      const type = at(subject.object, 'spec', 'type');
      const report = { subject, field: 'spec.type' };
      if (type === 'NodePort') yield { ...report, message: 'the Service opens a port on every node; expected ClusterIP' };
      if (type !== 'LoadBalancer') continue;
      const field = `metadata.annotations['${SCHEME}']`;
      const scheme = at(subject.object, 'metadata', 'annotations', SCHEME);
      if (scheme !== 'internal' && scheme !== 'internet-facing') {
        yield { subject, field, message: `the scheme of the load balancer is ${shown(scheme)}; expected internal or internet-facing` };
      } else if (scheme === 'internet-facing' && listAt(subject.object, 'spec', 'loadBalancerSourceRanges').length === 0) {
        yield {
          subject,
          field,
          severity: 'warning',
          message: 'the load balancer is open to the internet; expected internal, or loadBalancerSourceRanges',
        };
      }
    }
  },
};
