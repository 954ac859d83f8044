import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt, textAt } from '../at';
import { type Lookup, namespaceOf } from '../lookup';

/** Keys of a ConfigMap or Secret; `unknown` when something outside decides them. */
export type Keys = ReadonlySet<string> | 'unknown';

/** ConfigMaps or Secrets that exist once everything is applied, with their keys. */
export interface KeySources {
  /** `undefined` when nothing makes an object of that name. */
  keysOf(namespace: string, name: string): Keys | undefined;
}

const ANY_NAMESPACE = '*';
const CERTIFICATE_KEYS = ['tls.crt', 'tls.key', 'ca.crt'];

/** Everything that makes Secrets: Secret, SealedSecret, ExternalSecret, Certificate, and Ingress or Gateway with a cert-manager annotation. */
export function secretSources(objects: Lookup): KeySources {
  const sources = collector();
  for (const subject of objects.all('', 'Secret')) {
    const { data, stringData, type } = subject.object;
    const filledIn = type === 'kubernetes.io/service-account-token';
    sources.add(
      subject,
      subject.object.metadata.name,
      filledIn ? 'unknown' : [...Object.keys(mapAt(data)), ...Object.keys(mapAt(stringData))],
    );
  }
  for (const subject of objects.all('bitnami.com', 'SealedSecret')) {
    const name = textAt(subject.object, 'spec', 'template', 'metadata', 'name') ?? subject.object.metadata.name;
    const template = mapAt(subject.object, 'spec', 'template', 'data');
    sources.add(subject, name, [...Object.keys(mapAt(subject.object, 'spec', 'encryptedData')), ...Object.keys(template)]);
  }
  for (const subject of objects.all('external-secrets.io', 'ExternalSecret')) {
    const { spec, metadata } = subject.object;
    // `Merge` and `None` need a Secret that something else makes.
    if (['Merge', 'None'].includes(textAt(spec, 'target', 'creationPolicy') ?? 'Owner')) continue;
    sources.add(subject, textAt(spec, 'target', 'name') ?? metadata.name, externalSecretKeys(spec));
  }
  for (const subject of objects.all('external-secrets.io', 'ClusterExternalSecret')) {
    const spec = mapAt(subject.object, 'spec', 'externalSecretSpec');
    const name = textAt(spec, 'target', 'name') ?? textAt(subject.object, 'spec', 'externalSecretName') ?? subject.object.metadata.name;
    sources.add(subject, name, externalSecretKeys(spec), ANY_NAMESPACE);
  }
  for (const subject of objects.all('cert-manager.io', 'Certificate')) {
    const { spec } = subject.object;
    const more = mapAt(spec, 'keystores').jks ?? mapAt(spec, 'keystores').pkcs12 ?? listAt(spec, 'additionalOutputFormats')[0];
    const name = textAt(spec, 'secretName');
    if (name !== undefined) sources.add(subject, name, more === undefined ? CERTIFICATE_KEYS : 'unknown');
  }
  for (const subject of objects.all('networking.k8s.io', 'Ingress')) {
    if (!hasIssuer(subject)) continue;
    for (const tls of listAt(subject.object, 'spec', 'tls')) {
      const name = textAt(tls, 'secretName');
      if (name !== undefined) sources.add(subject, name, CERTIFICATE_KEYS);
    }
  }
  for (const subject of objects.all('gateway.networking.k8s.io', 'Gateway')) {
    if (!hasIssuer(subject)) continue;
    for (const listener of listAt(subject.object, 'spec', 'listeners')) {
      for (const ref of listAt(listener, 'tls', 'certificateRefs')) {
        const name = textAt(ref, 'name');
        if (name !== undefined) sources.add(subject, name, CERTIFICATE_KEYS);
      }
    }
  }
  addBundles(objects, 'secret', sources);
  return sources;
}

/** Everything that makes ConfigMaps: ConfigMap, trust-manager's Bundle, and the cluster itself (`kube-root-ca.crt` in each namespace). */
export function configMapSources(objects: Lookup): KeySources {
  const sources = collector();
  for (const subject of objects.all('', 'ConfigMap')) {
    const { data, binaryData } = subject.object;
    sources.add(subject, subject.object.metadata.name, [...Object.keys(mapAt(data)), ...Object.keys(mapAt(binaryData))]);
  }
  addBundles(objects, 'configMap', sources);
  sources.put(ANY_NAMESPACE, 'kube-root-ca.crt', ['ca.crt']);
  return sources;
}

function addBundles(objects: Lookup, target: 'secret' | 'configMap', sources: ReturnType<typeof collector>): void {
  for (const subject of objects.all('trust.cert-manager.io', 'Bundle')) {
    if (mapAt(subject.object, 'spec', 'target')[target] === undefined) continue;
    const formats = mapAt(subject.object, 'spec', 'target', 'additionalFormats');
    const key = textAt(subject.object, 'spec', 'target', target, 'key');
    const known = key !== undefined && Object.keys(formats).length === 0;
    sources.add(subject, subject.object.metadata.name, known ? [key] : 'unknown', ANY_NAMESPACE);
  }
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

/** Collects keys by namespace and name; two sources of one object add up. */
function collector() {
  const found = new Map<string, Set<string> | 'unknown'>();
  const put = (namespace: string, name: string, keys: readonly string[] | 'unknown') => {
    const id = `${namespace}/${name}`;
    const before = found.get(id);
    if (keys === 'unknown' || before === 'unknown') found.set(id, 'unknown');
    else found.set(id, new Set([...(before ?? []), ...keys]));
  };
  return {
    put,
    add: (subject: SourcedObject, name: string, keys: readonly string[] | 'unknown', namespace = namespaceOf(subject.object)) =>
      put(namespace, name, keys),
    keysOf: (namespace: string, name: string): Keys | undefined =>
      found.get(`${namespace}/${name}`) ?? found.get(`${ANY_NAMESPACE}/${name}`),
  };
}
