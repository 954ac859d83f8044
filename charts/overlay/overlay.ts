import type { Absent, PerEnvironment, Remove, Value } from './value';

/** `T` as it is once the environment is known. */
export type Settled<T> = Exclude<T, PerEnvironment<unknown> | Absent | undefined>;

/** A new value computed from the one below. */
export type Computed<T> = (base: T) => T;

/**
 * What an overlay may say of a value: the parts of an object that differ, a whole value, or a function of the value below.
 * Objects merge; lists and values made by functions replace.
 */
export type Patch<T> = Computed<T> | Parts<T>;

type Parts<T> = T extends Value | readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: IsOptional<T, K> extends true ? Whole<T[K]> | Remove : Patch<Settled<T[K]>> }
    : T;

/** What an overlay may say of an optional field that the base may not have stated: all of it, or a function that copes without. */
export type Whole<T> = Settled<T> | ((base: Settled<T> | undefined) => Settled<T>);

/**
 * Patches for the fields of `T`. `Stated` are the optional fields that the base states: of these an overlay may give a part;
 * an optional field that the base leaves out must be given whole, or half an object would be rendered.
 */
export type FieldPatches<T, Stated extends PropertyKey> = {
  readonly [K in keyof T]?: IsOptional<T, K> extends true
    ? K extends Stated
      ? Patch<Settled<T[K]>> | Remove
      : Whole<T[K]>
    : Patch<Settled<T[K]>>;
};

type IsOptional<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? true : false;
