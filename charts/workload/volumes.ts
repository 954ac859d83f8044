import { k8s } from 'cdk8s-plus-28';
import { parseQuantity } from '../../checks/quantity';
import type { ResolvedWorkload } from './resolve';
import { type FetchedSecret, storedKey } from './secrets';
import { EmptyDir, ExistingSecret, type Volume } from './storage';

/** A volume of the pod with its mount in the workload's container. */
export interface MountedVolume {
  /** Short name by which further containers ask for the mount. */
  readonly short: string;
  /** Undefined where the volume comes from a claim template of the StatefulSet. */
  readonly volume: k8s.Volume | undefined;
  readonly mount: k8s.VolumeMount;
}

/** All volumes of a workload: config, secrets, scratch space and claims, sorted by name. */
export function volumesOf(workload: ResolvedWorkload, secrets: readonly FetchedSecret[]): readonly MountedVolume[] {
  const { name: workloadName, props } = workload;
  const volumes: MountedVolume[] = [];
  for (const [short, { mountPath }] of Object.entries(props.config ?? {})) {
    const name = `config-${short}`;
    volumes.push({ short, volume: { name, configMap: { name: `${workloadName}-${short}` } }, mount: { name, mountPath, readOnly: true } });
  }
  for (const { short, objectName, keys, env, mountPath, version } of secrets) {
    if (mountPath === undefined) continue;
    const name = `secret-${short}`;
    const files = Object.keys(keys).filter((key) => !env.includes(key));
    const items = env.length === 0 && version === undefined ? undefined : files.map((key) => ({ key: storedKey(key, version), path: key }));
    volumes.push({
      short,
      volume: { name, secret: { secretName: objectName, items } },
      mount: { name, mountPath, readOnly: true },
    });
  }
  for (const [name, { source, mountPath, readOnly }] of Object.entries(props.volumes ?? {})) {
    const volume = { name, ...volumeSource(source, readOnly) };
    volumes.push({ short: name, volume, mount: { name, mountPath, readOnly } });
  }
  if (workload.kind !== 'cronJob') {
    for (const [name, { mountPath }] of Object.entries(workload.props.claims ?? {})) {
      volumes.push({ short: name, volume: undefined, mount: { name, mountPath } });
    }
  }
  const shorts = volumes.map(({ short }) => short);
  const twice = shorts.find((short, i) => shorts.indexOf(short) !== i);
  if (twice !== undefined) {
    throw new Error(
      `${workload.key}: "${twice}" names two of its volumes, config, secrets and claims; containers mount by this name. Rename one.`,
    );
  }
  return volumes.sort((a, b) => (a.mount.name < b.mount.name ? -1 : 1));
}

/** Disk that a workload's emptyDirs may fill, to be requested: pods that fill their node's disk are evicted, with their neighbours. */
export function scratchOf({ volumes = {} }: ResolvedWorkload['props']): string | undefined {
  const limits = Object.values(volumes).flatMap(({ source }) =>
    source instanceof EmptyDir && source.emptyDir.medium === undefined ? [source.emptyDir.sizeLimit] : [],
  );
  const bytes = limits.reduce((sum, limit) => sum + (parseQuantity(limit) ?? 0), 0);
  return bytes === 0 ? undefined : bytes % 2 ** 30 === 0 ? `${bytes / 2 ** 30}Gi` : `${Math.ceil(bytes / 2 ** 20)}Mi`;
}

function volumeSource(source: Volume['source'], readOnly: boolean | undefined): Omit<k8s.Volume, 'name'> {
  if (source instanceof EmptyDir) {
    const { sizeLimit, medium } = source.emptyDir;
    return { emptyDir: { sizeLimit: k8s.Quantity.fromString(sizeLimit), medium } };
  }
  if (source instanceof ExistingSecret) return { secret: { secretName: source.secretName } };
  return { persistentVolumeClaim: { claimName: source.claimName, readOnly } };
}
