import type { ObjectPatch } from '../../synth/patch';
import { merge, settle } from '../overlay/merge';
import type { Resolved } from '../overlay/resolved';
import { type EnvironmentName, Remove } from '../overlay/value';
import { type Call, WorkloadCall } from './calls';
import type { PropsOf, Workload, WorkloadKind } from './definition';
import { checkFields } from './fields';
import type { Platform, WorkloadOverlay } from './platform';

/** A workload as it is in one cluster. */
export type ResolvedWorkload = { [K in WorkloadKind]: ResolvedOf<K> }[WorkloadKind];

interface ResolvedOf<Kind extends WorkloadKind> {
  readonly kind: Kind;
  /** Key under which overlays name it. */
  readonly key: string;
  readonly name: string;
  readonly props: Resolved<PropsOf<string>[Kind]>;
  readonly calls: readonly Call[];
  readonly patches: readonly ObjectPatch[];
}

/** An overlay whose platform is not known any more. */
export type AnyOverlay = Readonly<Record<string, WorkloadOverlay<Workload> | Remove | undefined>>;

/**
 * Workloads of a platform in one cluster: the base settled for the environment, then each overlay on top, in order.
 * @throws when a workload calls one that is not there, a port that is not there, or two workloads have one name
 */
export function resolvePlatform(
  platform: Platform,
  environment: EnvironmentName,
  overlays: readonly AnyOverlay[],
): readonly ResolvedWorkload[] {
  checkKeys(platform, overlays);
  const resolved = Object.entries(platform.workloads).flatMap(([key, workload]) => {
    const layers = overlays.map((overlay) => overlay[key]).filter((layer) => layer !== undefined);
    const removed = layers.findIndex((layer) => layer instanceof Remove);
    if (removed >= 0 && removed < layers.length - 1) {
      throw new Error(`${key}: one overlay removes this workload, and a later one still speaks of it. Take it out of one of them.`);
    }
    if (removed >= 0) return [];
    return [resolveWorkload(key, workload, environment, layers as readonly WorkloadOverlay<Workload>[])];
  });
  checkNames(platform.name, resolved);
  checkCalls(platform, resolved);
  return resolved;
}

function resolveWorkload(
  key: string,
  workload: Workload,
  environment: EnvironmentName,
  layers: readonly WorkloadOverlay<Workload>[],
): ResolvedWorkload {
  let props: unknown = settle(workload.props, environment, key);
  let calls: readonly Call[] = workload.edges();
  const patches: ObjectPatch[] = [];
  for (const { calls: newCalls, patch = [], ...fields } of layers as readonly (Pick<WorkloadOverlay<Workload>, 'calls' | 'patch'> &
    object)[]) {
    // What an overlay adds whole may still hold values per environment, as the base may.
    props = settle(merge(props, fields, key), environment, key);
    if (newCalls !== undefined) calls = typeof newCalls === 'function' ? newCalls(calls) : newCalls;
    patches.push(...patch);
  }
  checkFields(props, workload.kind, key);
  // The types of base and overlays guarantee the shape; `settle` and `merge` work on plain data.
  return { kind: workload.kind, key, name: workload.name, props, calls, patches } as unknown as ResolvedWorkload;
}

function checkKeys(platform: Platform, overlays: readonly AnyOverlay[]): void {
  const known = Object.keys(platform.workloads);
  for (const key of overlays.flatMap((overlay) => Object.keys(overlay))) {
    if (!known.includes(key)) {
      throw new Error(
        `overlays/${platform.name}: an overlay changes "${key}", but the workloads are ${known.join(', ')}. Correct the name.`,
      );
    }
  }
}

function checkNames(platform: string, workloads: readonly ResolvedWorkload[]): void {
  const keys = new Map<string, string>();
  for (const { key, name } of workloads) {
    const other = keys.get(name);
    if (other !== undefined)
      throw new Error(`apps/${platform}: workloads "${other}" and "${key}" are both named "${name}". Give each a name of its own.`);
    keys.set(name, key);
  }
}

function checkCalls(platform: Platform, workloads: readonly ResolvedWorkload[]): void {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  for (const caller of workloads) {
    for (const call of caller.calls) {
      if (!(call instanceof WorkloadCall)) continue;
      const callee = byName.get(call.workload);
      if (callee === undefined) {
        const known = Object.values(platform.workloads).some((workload) => workload.name === call.workload);
        throw new Error(
          `${caller.key}: calls "${call.workload}", which ${known ? "an overlay removes in this cluster. Give this workload's overlay a `calls` without it" : `is not listed in apps/${platform.name}/index.ts. Add it there`}.`,
        );
      }
      const ports = 'ports' in callee.props ? Object.keys(callee.props.ports ?? {}) : [];
      if (callee.kind !== 'service' || !ports.includes(call.port)) {
        throw new Error(
          `${caller.key}: calls port "${call.port}" of ${callee.name} (a ${callee.kind}), which has the ports ${ports.join(', ') || 'none'}. Only ports of services can be called.`,
        );
      }
    }
  }
}
