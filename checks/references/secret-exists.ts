import type { SourcedObject } from '../../synth/object';
import { listAt, textAt } from '../at';
import type { Check, Report } from '../check';
import { type Lookup, lookup, namespaceOf } from '../lookup';
import { podTemplates } from '../pods';
import { type KeySources, secretSources } from './key-sources';
import { missingReference } from './missing-reference';
import { type PodReference, podReferences } from './pod-references';

/** Secrets (and their keys, where known) that pods, ServiceAccounts, Ingresses and Gateways mention are made by something. */
export const secretExists: Check = {
  id: 'secret-exists',
  title: 'Every Secret and key that is referred to is made by a Secret, an ExternalSecret, a Certificate, or a cert-manager annotation.',
  severity: 'error',
  why: 'A pod stays in CreateContainerConfigError, an image is not pulled, or an Ingress serves the controller’s self-signed certificate.',
  mend: 'Correct the name or key, add the ExternalSecret or Certificate, mark the reference optional, or list the Secret among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    const sources = secretSources(all);
    for (const template of podTemplates(objects)) {
      for (const reference of podReferences(template)) yield* missing(template.subject, reference, all, sources);
    }
    for (const [subject, field, name] of otherReferences(all)) {
      yield* missing(subject, { kind: 'Secret', name, keys: [], optional: false, field }, all, sources);
    }
  },
};

function* missing(subject: SourcedObject, reference: PodReference, all: Lookup, sources: KeySources): Iterable<Report> {
  const namespace = namespaceOf(subject.object);
  if (reference.kind !== 'Secret' || all.existsOutside('Secret', reference.name, namespace)) return;
  const message = missingReference(reference, namespace, sources);
  if (message !== undefined) yield { subject, field: reference.field, message };
}

/** Mentions outside pods. A Gateway's reference into another namespace needs a ReferenceGrant and is left out. */
function* otherReferences(all: Lookup): Iterable<readonly [SourcedObject, string, string]> {
  for (const subject of all.all('', 'ServiceAccount')) {
    for (const [i, secret] of listAt(subject.object, 'imagePullSecrets').entries()) {
      const name = textAt(secret, 'name');
      if (name !== undefined) yield [subject, `imagePullSecrets[${i}].name`, name];
    }
  }
  for (const subject of all.all('networking.k8s.io', 'Ingress')) {
    for (const [i, tls] of listAt(subject.object, 'spec', 'tls').entries()) {
      const name = textAt(tls, 'secretName');
      if (name !== undefined) yield [subject, `spec.tls[${i}].secretName`, name];
    }
  }
  for (const subject of all.all('gateway.networking.k8s.io', 'Gateway')) {
    for (const [i, listener] of listAt(subject.object, 'spec', 'listeners').entries()) {
      for (const [j, ref] of listAt(listener, 'tls', 'certificateRefs').entries()) {
        const name = textAt(ref, 'name');
        const elsewhere = textAt(ref, 'namespace') ?? namespaceOf(subject.object);
        if (name !== undefined && elsewhere === namespaceOf(subject.object))
          yield [subject, `spec.listeners[${i}].tls.certificateRefs[${j}].name`, name];
      }
    }
  }
}
