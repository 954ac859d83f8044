import type { SourcedObject } from '../../synth/object';
import { mapAt, textAt } from '../at';
import { type Lookup, namespaceOf } from '../lookup';
import { secretMakers } from './secret-makers';

/** Keys of a ConfigMap or Secret; `unknown` when something outside decides them. */
export type Keys = ReadonlySet<string> | 'unknown';

/** ConfigMaps or Secrets that exist once everything is applied, with their keys. */
export interface KeySources {
  /** `undefined` when nothing makes an object of that name. */
  keysOf(namespace: string, name: string): Keys | undefined;
}

const ANY_NAMESPACE = '*';

/** Everything that makes Secrets, and trust-manager's Bundles. */
export function secretSources(objects: Lookup): KeySources {
  const sources = collector();
  for (const { subject, name, keys, namespace } of secretMakers(objects)) sources.add(subject, name, keys, namespace ?? ANY_NAMESPACE);
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
