import type { SourcedObject } from '../../synth/object';
import { mapAt, textAt } from '../at';
import type { Check } from '../check';
import { type Lookup, lookup, namespaceOf } from '../lookup';

const GROUP = 'cert-manager.io';

/** Issuers that Certificates and annotations name are there. */
export const issuerExists: Check = {
  id: 'issuer-exists',
  title: 'Every Issuer or ClusterIssuer that a Certificate, Ingress or Gateway names exists.',
  severity: 'error',
  why: 'The certificate is never issued: TLS fails, or a pod waits for its Secret.',
  mend: 'Correct kind or name of the issuer, or list it among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const { subject, field, kind, name } of issuerReferences(all)) {
      const namespace = kind === 'ClusterIssuer' ? undefined : namespaceOf(subject.object);
      if (all.exists(GROUP, kind, name, namespace)) continue;
      yield { subject, field, message: `names ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}, which does not exist` };
    }
  },
};

interface IssuerReference {
  readonly subject: SourcedObject;
  readonly field: string;
  readonly kind: string;
  readonly name: string;
}

/** Issuers of other groups (AWS Private CA, …) are left out. */
function* issuerReferences(all: Lookup): Iterable<IssuerReference> {
  for (const subject of all.all(GROUP, 'Certificate')) {
    const ref = mapAt(subject.object, 'spec', 'issuerRef');
    const name = textAt(ref, 'name');
    if (name === undefined || (textAt(ref, 'group') ?? GROUP) !== GROUP) continue;
    yield { subject, field: 'spec.issuerRef', kind: textAt(ref, 'kind') ?? 'Issuer', name };
  }
  for (const subject of [...all.all('networking.k8s.io', 'Ingress'), ...all.all('gateway.networking.k8s.io', 'Gateway')]) {
    const annotations = mapAt(subject.object, 'metadata', 'annotations');
    if (annotations['cert-manager.io/issuer-group'] !== undefined) continue;
    for (const [key, kind] of [
      ['cert-manager.io/cluster-issuer', 'ClusterIssuer'],
      ['cert-manager.io/issuer', 'Issuer'],
    ] as const) {
      const name = textAt(annotations, key);
      if (name !== undefined) yield { subject, field: `metadata.annotations['${key}']`, kind, name };
    }
  }
}
