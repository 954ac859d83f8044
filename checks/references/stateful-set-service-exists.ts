import { mapAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { podTemplates } from '../pods';
import { selects } from '../selectors';

/** A StatefulSet's governing Service is there, is headless, and selects its pods. */
export const statefulSetServiceExists: Check = {
  id: 'stateful-set-service-exists',
  title: 'The governing Service of every StatefulSet exists, is headless and selects its pods.',
  severity: 'error',
  why: 'Its pods get no DNS names of their own, so members of a database or queue do not find each other.',
  mend: 'Correct spec.serviceName, or render a Service with clusterIP None that selects the pods.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const { subject, labels } of podTemplates(all.all('apps', 'StatefulSet'))) {
      const name = textAt(subject.object, 'spec', 'serviceName');
      const namespace = namespaceOf(subject.object);
      if (name === undefined || all.existsOutside('Service', name, namespace)) continue;
      const service = all.find('', 'Service', name, namespace);
      const spec = mapAt(service?.object, 'spec');
      const matchLabels = mapAt(spec, 'selector') as Readonly<Record<string, string>>;
      const problem =
        service === undefined
          ? 'does not exist'
          : spec.clusterIP !== 'None'
            ? `is not headless: spec.clusterIP is ${spec.clusterIP ?? 'not set'}; expected None`
            : selects({ matchLabels }, labels)
              ? undefined
              : 'does not select its pods';
      if (problem !== undefined) yield { subject, field: 'spec.serviceName', message: `Service ${namespace}/${name} ${problem}` };
    }
  },
};
