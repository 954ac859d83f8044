/** Environments of the fleet, from the least to the most careful. */
export const environmentNames = ['dev', 'staging', 'production'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/**
 * A value made by a function (`http('/health')`, `perEnvironment({…})`). Overlays replace it whole, where they merge plain objects.
 * Subclasses carry a field of their own, so that one kind of value is never taken for another.
 */
export abstract class Value {
  /** Makes the class nominal: without a member every object would pass as a `Value`. */
  protected readonly isValue = true;
}

/** Says that a field has no value in an environment: `perEnvironment({ dev: absent, … })`. */
export class Absent extends Value {
  readonly absent = true;
}
export const absent = new Absent();

/** A value per environment; made by {@link perEnvironment}. */
export class PerEnvironment<T> extends Value {
  constructor(readonly values: Readonly<Record<EnvironmentName, T>>) {
    super();
  }
}

/** `T`, either the same everywhere or one per environment. */
export type Varies<T> = T | PerEnvironment<T>;

/** As {@link Varies}, for an optional field: an environment may leave it out by the word `absent`. */
export type VariesOptional<T> = T | PerEnvironment<T | Absent>;

/**
 * Gives each environment its own value; leaving one out does not compile.
 * The type comes from the field that the value is given to (hence `NoInfer`), so that a misspelt field inside is refused too.
 */
export function perEnvironment<T>(values: Readonly<Record<EnvironmentName, NoInfer<T>>>): PerEnvironment<T> {
  return new PerEnvironment<T>(values);
}

/** Says in an overlay that a workload, or a field that the base states, does not exist here. */
export class Remove extends Value {
  readonly remove = true;
}
export const remove = new Remove();
