import { listAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';
import { cidrSet, describeAddresses, joined } from '../reachability/address-set';
import { networksSet, POLICY_GROUP } from '../reachability/linkerd-clients';
import { intersection } from '../reachability/spans';

/** An address is no proof of who a pod is. */
export const networkAuthenticationPods: Check = {
  id: 'network-authentication-pods',
  title: 'No NetworkAuthentication or ServerAuthorization is for addresses that pods of the cluster have.',
  severity: 'error',
  why: 'Every pod whose address happens to lie in the range may call, meshed or not: pods share their subnets.',
  mend: 'Authorize pods by their ServiceAccount; let callers without a proxy use a port outside the mesh, which NetworkPolicy judges.',
  needs: ['podNetworks'],
  *run(objects, facts) {
    const pods = joined(...(facts.podNetworks ?? []).map(cidrSet));
    const all = lookup(objects, facts);
    for (const [kind, path] of [
      ['NetworkAuthentication', ['spec', 'networks']],
      ['ServerAuthorization', ['spec', 'client', 'networks']],
    ] as const) {
      for (const subject of all.all(POLICY_GROUP, kind)) {
        for (const [i, network] of listAt(subject.object, ...path).entries()) {
          const shared = intersection(networksSet([network]), pods);
          if (shared.length === 0) continue;
          yield {
            subject,
            field: `${path.join('.')}[${i}]`,
            message: `authorizes ${describeAddresses(shared)}, where pods of the cluster live`,
          };
        }
      }
    }
  },
};
