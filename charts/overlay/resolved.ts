import type { Absent, PerEnvironment, Value } from './value';

/** `T` with the environment known: no `perEnvironment` and no `absent` at any depth. */
export type Resolved<T> =
  T extends PerEnvironment<infer V>
    ? Resolved<Exclude<V, Absent>>
    : T extends Value | readonly unknown[]
      ? T
      : T extends object
        ? { readonly [K in keyof T]: Resolved<T[K]> }
        : T;
