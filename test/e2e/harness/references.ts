import type { Client } from './client';
import type { Container, Files, LivePod, LivePodSpec, NameReference, Probe, Volume } from './live-pod';

/** Something that a pod cannot start without. */
export interface Reference {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim';
  readonly name: string;
  /** Keys that it must have. */
  readonly keys: readonly string[];
  /** Where in the pod, as `volume ca`. */
  readonly by: string;
}

const PATHS = { Secret: 'secrets', ConfigMap: 'configmaps', PersistentVolumeClaim: 'persistentvolumeclaims' };

/** What the kubelet needs before it starts a pod's containers. ServiceAccounts are not among it: the server refuses pods without one. */
export function referencesOf(spec: LivePodSpec): readonly Reference[] {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return [
    ...(spec.volumes ?? []).flatMap((volume) => ofVolume(volume, containers)),
    ...containers.flatMap(ofEnvironment),
    // A kubelet tries without them; then no image of a private registry comes.
    ...(spec.imagePullSecrets ?? []).map(({ name }) => ({ kind: 'Secret' as const, name, keys: [], by: 'imagePullSecrets' })),
  ];
}

/** Why a pod cannot start: each reference that does not resolve, in a sentence. */
export async function missingOf(client: Client, { metadata: { namespace }, spec }: LivePod): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { kind, name, keys, by } of referencesOf(spec)) {
    const { status, body } = await client.request('GET', `/api/v1/namespaces/${namespace}/${PATHS[kind]}/${name}`);
    if (status !== 200) missing.push(`${by}: ${kind} ${name} does not exist`);
    else if (kind === 'PersistentVolumeClaim' && body.status?.phase !== 'Bound') missing.push(`${by}: ${kind} ${name} is not bound`);
    else {
      const there = Object.keys({ ...body.data, ...body.binaryData });
      for (const key of keys.filter((key) => !there.includes(key)))
        missing.push(`${by}: ${kind} ${name} has no key ${key}; it has ${there.join(', ')}`);
    }
  }
  return missing;
}

/** Probes that ask a port by a name that its container does not have: they never succeed. */
export function deafProbes({ containers }: LivePodSpec): readonly string[] {
  return containers.flatMap((container) =>
    (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((probe) => {
      const port = portOf(container[probe]);
      const known = typeof port !== 'string' || container.ports?.some(({ name }) => name === port) === true;
      return known ? [] : [`container ${container.name}: ${probe} asks port ${port}, and no port has this name`];
    }),
  );
}

function portOf(probe: Probe | undefined): string | number | undefined {
  return probe?.httpGet?.port ?? probe?.tcpSocket?.port;
}

function ofVolume(volume: Volume, containers: readonly Container[]): readonly Reference[] {
  const by = `volume ${volume.name}`;
  // A mount of one file: where the key is missing, an empty folder comes in its place.
  const subPaths = containers.flatMap(({ volumeMounts = [] }) =>
    volumeMounts.flatMap(({ name, subPath }) => (name === volume.name && subPath !== undefined ? [subPath] : [])),
  );
  const one = (kind: Reference['kind'], name: string, { items, optional }: Files): readonly Reference[] =>
    optional === true ? [] : [{ kind, name, by, keys: items === undefined ? subPaths : items.map(({ key }) => key) }];
  const { secret, configMap, projected, persistentVolumeClaim } = volume;
  return [
    ...(secret === undefined ? [] : one('Secret', secret.secretName, secret)),
    ...(configMap === undefined ? [] : one('ConfigMap', configMap.name, configMap)),
    ...(persistentVolumeClaim === undefined ? [] : one('PersistentVolumeClaim', persistentVolumeClaim.claimName, { items: [] })),
    ...(projected?.sources ?? []).flatMap((source) => [
      // Which of several sources a mounted file comes from cannot be said without `items`.
      ...(source.secret === undefined ? [] : one('Secret', source.secret.name, { items: [], ...source.secret })),
      ...(source.configMap === undefined ? [] : one('ConfigMap', source.configMap.name, { items: [], ...source.configMap })),
    ]),
  ];
}

function ofEnvironment({ name: container, env = [], envFrom = [] }: Container): readonly Reference[] {
  const by = `environment of container ${container}`;
  const one = (kind: Reference['kind'], reference: (NameReference & { readonly key?: string }) | undefined): readonly Reference[] =>
    reference === undefined || reference.optional === true
      ? []
      : [{ kind, name: reference.name, by, keys: reference.key === undefined ? [] : [reference.key] }];
  return [
    ...env.flatMap(({ valueFrom }) => [...one('Secret', valueFrom?.secretKeyRef), ...one('ConfigMap', valueFrom?.configMapKeyRef)]),
    ...envFrom.flatMap(({ secretRef, configMapRef }) => [...one('Secret', secretRef), ...one('ConfigMap', configMapRef)]),
  ];
}
