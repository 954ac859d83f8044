import { at, listAt, shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { specField } from '../security/standard/control';

const POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

export const dnsPolicy: Check = {
  id: 'dns-policy',
  title: 'The DNS policy of a pod lets it resolve names of the cluster, or says which servers it asks.',
  severity: 'warning',
  why: 'On the network of the node ClusterFirst silently means Default: names of Services do not resolve.',
  mend: 'Use ClusterFirstWithHostNet with hostNetwork, and dnsConfig.nameservers with None.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      const policy = at(template.spec, 'dnsPolicy') ?? 'ClusterFirst';
      const field = `${specField(template)}.dnsPolicy`;
      if (!POLICIES.includes(String(policy))) {
        yield { subject, field, severity: 'error', message: `dnsPolicy is ${shown(policy)}; expected one of ${POLICIES.join(', ')}` };
      } else if (policy === 'None' && listAt(template.spec, 'dnsConfig', 'nameservers').length === 0) {
        yield { subject, field, severity: 'error', message: 'dnsPolicy is None and dnsConfig names no server; expected at least one' };
      } else if (policy === 'ClusterFirst' && at(template.spec, 'hostNetwork') === true) {
        yield {
          subject,
          field,
          message: 'the pod is on the network of its node and dnsPolicy is ClusterFirst; expected ClusterFirstWithHostNet',
        };
      }
    }
  },
};
