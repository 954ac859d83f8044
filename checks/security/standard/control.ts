import { at, shown } from '../../at';
import { containersOf, type PodTemplate } from '../../pods';

/** One field of a pod template that a control of the Pod Security Standards does not allow. */
export interface Violation {
  /** Path inside the object, as `spec.template.spec.hostPID`. */
  readonly field: string;
  /** What was found, as a message shows it. */
  readonly found: string;
  readonly expected: string;
}

/**
 * One control of the Pod Security Standards.
 * @param minor minor of the Kubernetes version (28 for 1.28) that the standard is taken from; `undefined` is the newest
 */
export type Control = (template: PodTemplate, minor: number | undefined) => Iterable<Violation>;

/** A security context of a pod template, with its path. */
export interface Place {
  readonly field: string;
  readonly context: unknown;
}

/** Path of the template's pod spec inside the object. */
export function specField(template: PodTemplate): string {
  return template.field === '' ? 'spec' : `${template.field}.spec`;
}

/** The pod's security context. */
export function podPlace(template: PodTemplate): Place {
  return { field: `${specField(template)}.securityContext`, context: template.spec.securityContext };
}

/** Security contexts of all containers. */
export function containerPlaces(template: PodTemplate): readonly Place[] {
  return containersOf(template).map(({ field, container }) => ({
    field: `${field}.securityContext`,
    context: at(container, 'securityContext'),
  }));
}

/** Violations of a field that may be unset, but must be right where it is set. */
export function* allowedAt(
  places: readonly Place[],
  path: readonly string[],
  allowed: (value: unknown) => boolean,
  expected: string,
): Iterable<Violation> {
  for (const { field, context } of places) {
    const value = at(context, ...path);
    if (value !== undefined && !allowed(value)) yield { field: [field, ...path].join('.'), found: shown(value), expected };
  }
}

/** Violations of a field that every container must have, its own or the pod's. Where all lack it, the pod is named once. */
export function* requiredAt(
  template: PodTemplate,
  path: readonly string[],
  allowed: (value: unknown) => boolean,
  expected: string,
): Iterable<Violation> {
  const pod = podPlace(template);
  const containers = containerPlaces(template);
  yield* allowedAt([pod, ...containers], path, allowed, expected);
  if (at(pod.context, ...path) !== undefined) return;
  const missing = containers.filter(({ context }) => at(context, ...path) === undefined);
  const places = missing.length === containers.length ? [pod] : missing;
  if (missing.length > 0) for (const { field } of places) yield { field: [field, ...path].join('.'), found: 'unset', expected };
}

/** Linux-only controls do not apply to a pod that says it runs on Windows. */
export function onWindows(template: PodTemplate): boolean {
  return at(template.spec, 'os', 'name') === 'windows';
}
