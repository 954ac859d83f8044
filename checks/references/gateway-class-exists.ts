import { textAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

const GROUP = 'gateway.networking.k8s.io';

/** GatewayClasses that Gateways name are there. */
export const gatewayClassExists: Check = {
  id: 'gateway-class-exists',
  title: 'Every GatewayClass that a Gateway names exists.',
  severity: 'error',
  why: 'No controller takes the Gateway: it gets no address, and its routes answer nothing.',
  mend: 'Correct spec.gatewayClassName, render the GatewayClass, or list it among the facts as existing.',
  needs: ['existing'],
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const subject of all.all(GROUP, 'Gateway')) {
      const name = textAt(subject.object, 'spec', 'gatewayClassName');
      const field = 'spec.gatewayClassName';
      if (name === undefined) yield { subject, field, message: 'names no GatewayClass; the API server refuses that' };
      else if (!all.exists(GROUP, 'GatewayClass', name))
        yield { subject, field, message: `names GatewayClass ${name}, which does not exist` };
    }
  },
};
