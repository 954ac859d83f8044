import type { k8s } from 'cdk8s-plus-28';
import type { SourcedObject } from '../synth/object';
import { at, isMap, listAt, mapAt } from './at';
import { oncePerSet } from './once';

/** A container as it stands in YAML: every field may be missing, and quantities and ports are plain values. */
export type Container = Plain<k8s.Container>;
export type PodSpec = Plain<k8s.PodSpec>;

/** The plain-data form of a typed API object: `Quantity` and `IntOrString` are the string or number that they render to. */
export type Plain<T> = T extends k8s.Quantity | k8s.IntOrString
  ? string | number
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [K in keyof T]?: Plain<T[K]> }
      : T;

/** The template from which an object makes pods (or the pod itself). */
export interface PodTemplate {
  readonly subject: SourcedObject;
  /** Path of the template inside the object, as `spec.template`; empty for a bare Pod. */
  readonly field: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

/** A container of a pod template, with its path. */
export interface PodContainer {
  readonly template: PodTemplate;
  readonly container: Container;
  /** Path inside the object, as `spec.template.spec.containers[0]`. */
  readonly field: string;
  readonly init: boolean;
}

const TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  'v1/Pod': [],
  'v1/ReplicationController': ['spec', 'template'],
  'apps/v1/Deployment': ['spec', 'template'],
  'apps/v1/StatefulSet': ['spec', 'template'],
  'apps/v1/DaemonSet': ['spec', 'template'],
  'apps/v1/ReplicaSet': ['spec', 'template'],
  'batch/v1/Job': ['spec', 'template'],
  'batch/v1/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'argoproj.io/v1alpha1/Rollout': ['spec', 'template'],
};

/** Pod templates of all objects that make pods, found once per set; an object without a template (a Rollout with `workloadRef`) has none. */
export const podTemplates = oncePerSet((objects): readonly PodTemplate[] =>
  objects.flatMap((subject) => {
    const path = TEMPLATE_PATHS[`${subject.object.apiVersion}/${subject.object.kind}`];
    if (path === undefined) return [];
    const template = at(subject.object, ...path);
    if (!isMap(template)) return [];
    return [
      {
        subject,
        field: path.join('.'),
        labels: mapAt(template, 'metadata', 'labels') as Readonly<Record<string, string>>,
        annotations: mapAt(template, 'metadata', 'annotations') as Readonly<Record<string, string>>,
        // One that is missing or no map makes a pod without containers, which a check reports.
        spec: mapAt(template, 'spec') as PodSpec,
      },
    ];
  }),
);

/** Init containers, then containers, of a template; what is no list, and an item that is no map, is left out (a check reports it). */
export function containersOf(template: PodTemplate): readonly PodContainer[] {
  const prefix = template.field === '' ? 'spec' : `${template.field}.spec`;
  const list = (name: 'initContainers' | 'containers') =>
    listAt(template.spec, name).flatMap((container, i) =>
      isMap(container)
        ? [{ template, container: container as Container, field: `${prefix}.${name}[${i}]`, init: name === 'initContainers' }]
        : [],
    );
  return [...list('initContainers'), ...list('containers')];
}
