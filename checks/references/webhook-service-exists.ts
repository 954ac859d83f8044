import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt, textAt } from '../at';
import type { Check } from '../check';
import { type Lookup, lookup } from '../lookup';
import { missingServicePort, portOf } from './port-reference';

/** Services that the API server calls are there. */
export const webhookServiceExists: Check = {
  id: 'webhook-service-exists',
  title: 'Every Service that a webhook, a CRD conversion or an APIService points to exists.',
  severity: 'error',
  why: 'The API server cannot call it: with failurePolicy Fail every matching request of the cluster is refused.',
  mend: 'Correct name, namespace or port of clientConfig.service, or list the Service among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const [subject, field, service] of calledServices(all)) {
      const [name, namespace] = [textAt(service, 'name'), textAt(service, 'namespace')];
      if (name === undefined || namespace === undefined) continue;
      const message = missingServicePort(all, namespace, name, portOf(mapAt(service).port) ?? 443);
      if (message !== undefined) yield { subject, field, message };
    }
  },
};

function* calledServices(all: Lookup): Iterable<readonly [SourcedObject, string, unknown]> {
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
    for (const subject of all.all('admissionregistration.k8s.io', kind)) {
      for (const [i, webhook] of listAt(subject.object, 'webhooks').entries()) {
        yield [subject, `webhooks[${i}].clientConfig.service`, mapAt(webhook, 'clientConfig', 'service')];
      }
    }
  }
  for (const subject of all.all('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    yield [
      subject,
      'spec.conversion.webhook.clientConfig.service',
      mapAt(subject.object, 'spec', 'conversion', 'webhook', 'clientConfig', 'service'),
    ];
  }
  for (const subject of all.all('apiregistration.k8s.io', 'APIService'))
    yield [subject, 'spec.service', mapAt(subject.object, 'spec', 'service')];
}
