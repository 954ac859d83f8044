import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt, textAt } from '../at';
import { type Lookup, namespaceOf } from '../lookup';

/** An object that makes a Secret once it is applied. */
export interface SecretMaker {
  readonly subject: SourcedObject;
  /** Name of the Secret. */
  readonly name: string;
  /** `undefined` when the object makes it in namespaces that it selects. */
  readonly namespace: string | undefined;
  /** Path of what names the Secret. */
  readonly field: string;
  /** Keys of the Secret; `unknown` when something outside decides them. */
  readonly keys: readonly string[] | 'unknown';
}

const CERTIFICATE_KEYS = ['tls.crt', 'tls.key', 'ca.crt'];

/** Everything that makes Secrets: Secret, SealedSecret, ExternalSecret, Certificate, and Ingress or Gateway with a cert-manager annotation. */
export function* secretMakers(objects: Lookup): Iterable<SecretMaker> {
  yield* plainSecrets(objects);
  yield* externalSecrets(objects);
  yield* certificates(objects);
}

function* plainSecrets(objects: Lookup): Iterable<SecretMaker> {
  for (const subject of objects.all('', 'Secret')) {
    const { data, stringData, type, metadata } = subject.object;
    const filledIn = type === 'kubernetes.io/service-account-token';
    const keys = filledIn ? 'unknown' : [...Object.keys(mapAt(data)), ...Object.keys(mapAt(stringData))];
    yield { ...own(subject), name: metadata.name, field: 'metadata.name', keys };
  }
  for (const subject of objects.all('bitnami.com', 'SealedSecret')) {
    const name = textAt(subject.object, 'spec', 'template', 'metadata', 'name');
    const template = mapAt(subject.object, 'spec', 'template', 'data');
    const keys = [...Object.keys(mapAt(subject.object, 'spec', 'encryptedData')), ...Object.keys(template)];
    yield { ...own(subject), ...named(name, 'spec.template.metadata.name', subject), keys };
  }
}

function* externalSecrets(objects: Lookup): Iterable<SecretMaker> {
  for (const subject of objects.all('external-secrets.io', 'ExternalSecret')) {
    const { spec } = subject.object;
    // `Merge` and `None` need a Secret that something else makes.
    if (['Merge', 'None'].includes(textAt(spec, 'target', 'creationPolicy') ?? 'Owner')) continue;
    const keys = externalSecretKeys(spec);
    yield { ...own(subject), ...named(textAt(spec, 'target', 'name'), 'spec.target.name', subject), keys };
  }
  for (const subject of objects.all('external-secrets.io', 'ClusterExternalSecret')) {
    const spec = mapAt(subject.object, 'spec', 'externalSecretSpec');
    const name = textAt(spec, 'target', 'name') ?? textAt(subject.object, 'spec', 'externalSecretName') ?? subject.object.metadata.name;
    yield { subject, name, namespace: undefined, field: 'spec.externalSecretSpec.target.name', keys: externalSecretKeys(spec) };
  }
}

function* certificates(objects: Lookup): Iterable<SecretMaker> {
  for (const subject of objects.all('cert-manager.io', 'Certificate')) {
    const { spec } = subject.object;
    const more = mapAt(spec, 'keystores').jks ?? mapAt(spec, 'keystores').pkcs12 ?? listAt(spec, 'additionalOutputFormats')[0];
    const name = textAt(spec, 'secretName');
    const keys = more === undefined ? CERTIFICATE_KEYS : 'unknown';
    if (name !== undefined) yield { ...own(subject), name, field: 'spec.secretName', keys };
  }
  for (const subject of objects.all('networking.k8s.io', 'Ingress')) {
    if (!hasIssuer(subject)) continue;
    for (const [i, tls] of listAt(subject.object, 'spec', 'tls').entries()) {
      const name = textAt(tls, 'secretName');
      if (name !== undefined) yield { ...own(subject), name, field: `spec.tls[${i}].secretName`, keys: CERTIFICATE_KEYS };
    }
  }
  for (const subject of objects.all('gateway.networking.k8s.io', 'Gateway')) {
    if (!hasIssuer(subject)) continue;
    for (const [i, listener] of listAt(subject.object, 'spec', 'listeners').entries()) {
      for (const [j, ref] of listAt(listener, 'tls', 'certificateRefs').entries()) {
        const name = textAt(ref, 'name');
        // cert-manager makes none in another namespace.
        const elsewhere = (textAt(ref, 'namespace') ?? namespaceOf(subject.object)) !== namespaceOf(subject.object);
        const field = `spec.listeners[${i}].tls.certificateRefs[${j}].name`;
        if (name !== undefined && !elsewhere) yield { ...own(subject), name, field, keys: CERTIFICATE_KEYS };
      }
    }
  }
}

/** A maker in its own namespace. */
function own(subject: SourcedObject) {
  return { subject, namespace: namespaceOf(subject.object) };
}

/** The name that a field gives to the Secret, or else the name of its maker. */
function named(name: string | undefined, field: string, { object }: SourcedObject) {
  return name === undefined ? { name: object.metadata.name, field: 'metadata.name' } : { name, field };
}

/** A template replaces the fetched keys, unless it says that it merges. */
function externalSecretKeys(spec: unknown): readonly string[] | 'unknown' {
  const template = mapAt(spec, 'target', 'template');
  if (listAt(template, 'templateFrom').length > 0) return 'unknown';
  const written = Object.keys(mapAt(template, 'data'));
  if (written.length > 0 && template.mergePolicy !== 'Merge') return written;
  if (listAt(spec, 'dataFrom').length > 0) return 'unknown';
  return [...written, ...listAt(spec, 'data').flatMap((entry) => textAt(entry, 'secretKey') ?? [])];
}

function hasIssuer({ object }: SourcedObject): boolean {
  const annotations = mapAt(object, 'metadata', 'annotations');
  return ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme'].some(
    (key) => annotations[key] !== undefined,
  );
}
