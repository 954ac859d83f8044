import { groupOf, type SourcedObject } from '../synth/object';
import { at, numberAt, textAt } from './at';
import { type Lookup, lookup, namespaceOf } from './lookup';

/** A HorizontalPodAutoscaler, or a KEDA ScaledObject, which makes one. */
export interface Autoscaler {
  readonly subject: SourcedObject;
  readonly target: { readonly group: string; readonly kind: string; readonly name: string };
  /** The object that it scales, if it is in the set. */
  readonly scaled?: SourcedObject;
  /** The object that makes its pods: the same, or the Deployment that a Rollout's `workloadRef` names. */
  readonly runs?: SourcedObject;
  readonly min: number;
  readonly max: number;
}

/** How many pods a workload may have. */
export interface Replicas {
  readonly min: number;
  readonly max: number;
  /** Who decides in between. @default - the number is fixed */
  readonly autoscaler?: Autoscaler;
}

/** Who scales what. */
export interface Scaling {
  readonly autoscalers: readonly Autoscaler[];
  /** Pods of a Deployment, StatefulSet, Rollout, ReplicaSet, Job, CronJob (of one run) or Pod; a DaemonSet has as many as nodes: not told here. */
  replicasOf(subject: SourcedObject): Replicas;
}

const cache = new WeakMap<readonly SourcedObject[], Scaling>();

/** The autoscalers of a set and their targets; found once per set. */
export function scalingOf(objects: readonly SourcedObject[]): Scaling {
  const known = cache.get(objects);
  if (known !== undefined) return known;
  const made = build(objects);
  cache.set(objects, made);
  return made;
}

function build(objects: readonly SourcedObject[]): Scaling {
  const index = lookup(objects);
  const autoscalers: Autoscaler[] = [];
  const byTarget = new Map<SourcedObject, Autoscaler>();
  // A Rollout with `workloadRef` runs the pods of a Deployment: whoever scales the Rollout decides how many of its pods there are.
  const rolledBy = new Map<SourcedObject, SourcedObject>();
  for (const subject of objects) {
    const { object } = subject;
    if (object.kind === 'Rollout') {
      const deployment = workloadRef(index, subject);
      if (deployment !== undefined) rolledBy.set(deployment, subject);
    }
    if (!isAutoscaler(object)) continue;
    const keda = object.kind === 'ScaledObject';
    const name = textAt(object, 'spec', 'scaleTargetRef', 'name');
    if (name === undefined) continue;
    const kind = textAt(object, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment';
    const group = groupOf({ apiVersion: textAt(object, 'spec', 'scaleTargetRef', 'apiVersion') ?? 'apps/v1' });
    const scaled = index.find(group, kind, name, namespaceOf(object));
    const autoscaler = {
      subject,
      target: { group, kind, name },
      scaled,
      runs: scaled === undefined ? undefined : (workloadRef(index, scaled) ?? scaled),
      min: numberAt(object, 'spec', keda ? 'minReplicaCount' : 'minReplicas') ?? (keda ? 0 : 1),
      max: numberAt(object, 'spec', keda ? 'maxReplicaCount' : 'maxReplicas') ?? (keda ? 100 : 1),
    };
    autoscalers.push(autoscaler);
    if (scaled !== undefined && !byTarget.has(scaled)) byTarget.set(scaled, autoscaler);
  }
  return {
    autoscalers,
    replicasOf(subject) {
      const owner = rolledBy.get(subject) ?? subject;
      const autoscaler = byTarget.get(owner);
      if (autoscaler !== undefined) return { min: autoscaler.min, max: autoscaler.max, autoscaler };
      const fixed = fixedReplicas(owner);
      return { min: fixed, max: fixed };
    },
  };
}

/** The Deployment whose pods a Rollout runs. */
function workloadRef(index: Lookup, { object }: SourcedObject): SourcedObject | undefined {
  const name = textAt(object, 'spec', 'workloadRef', 'name');
  return name === undefined ? undefined : index.find('apps', 'Deployment', name, namespaceOf(object));
}

/** Is it something that scales others? */
export function isAutoscaler(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  return object.kind === 'HorizontalPodAutoscaler' || (object.kind === 'ScaledObject' && groupOf(object) === 'keda.sh');
}

function fixedReplicas({ object }: SourcedObject): number {
  if (object.kind === 'Job') return parallelism(at(object, 'spec'));
  if (object.kind === 'CronJob') return parallelism(at(object, 'spec', 'jobTemplate', 'spec'));
  return object.kind === 'Pod' ? 1 : (numberAt(object, 'spec', 'replicas') ?? 1);
}

function parallelism(spec: unknown): number {
  const wanted = numberAt(spec, 'parallelism') ?? 1;
  return Math.min(wanted, numberAt(spec, 'completions') ?? wanted);
}
