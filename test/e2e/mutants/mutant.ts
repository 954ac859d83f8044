import type { Operation } from 'rfc6902';
import type { authorworks } from '../../../apps/authorworks';
import type { Overlay } from '../../../charts/workload/platform';
import type { AnyOverlay } from '../../../charts/workload/resolve';

/** What is typically wrong with a manifest. */
export const CLASSES = [
  'unknown field',
  'selector mismatch',
  'bad quantity',
  'limit < request',
  'duplicate port',
  'HPA min > max',
  'removed API',
  'bad name',
  'bad CIDR',
  'bad ingress path',
  'missing volume',
  'long label',
  'non-string ConfigMap value',
  'bad cron',
  'bad probe',
  'Pod Security violation',
  'malformed Application',
  'duplicate key',
] as const;

/** A change of one object of dist: of the object, or of the text of its file, for what no object can hold. */
export type Mutation = ObjectEdit | TextEdit;

/** A JSON patch of an object of dist. */
export interface ObjectEdit {
  readonly kind: string;
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** A text that stands exactly once in a file, and what takes its place. */
export interface TextEdit {
  /** Path below the cluster's folder in dist or, at a door, in overlays. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A field of an overlay, and whether the compiler lets it pass. */
export interface OverlayDoor {
  readonly overlay: AnyOverlay;
  readonly compiles: boolean;
}

/**
 * How a mistake gets into the project: a field of an overlay, the `patch` of a workload's overlay, an edit of `aws.yaml` or
 * `releases.yaml`, or a file in a folder for `npm run check`.
 */
export type Door = OverlayDoor | { readonly patch: keyof typeof authorworks.workloads } | TextEdit | 'check';

/** What an API server makes of an object. */
export type Verdict =
  /** It stores nothing. */
  | 'refused'
  /** It stores the object, and refuses its pods. */
  | 'pods refused'
  /** It stores the object, and warns. */
  | 'warned'
  /** It says nothing: the mistake shows later, or never. */
  | 'accepted';

/** A mistake that the project has to refuse. */
export interface Mutant {
  readonly class: (typeof CLASSES)[number];
  readonly name: string;
  readonly door: Door;
  /** The check that catches it; where none does, words of the error. */
  readonly caught: string;
  /** The same mistake as it would reach the API server, had nothing caught it. */
  readonly object: Mutation;
  /** What API servers are expected to say of that. */
  readonly server: Verdict;
}

/** An overlay that compiles. */
export function overlay(fields: Overlay<typeof authorworks>): OverlayDoor {
  return { overlay: fields as AnyOverlay, compiles: true };
}

/** An overlay that does not compile: an `@ts-expect-error` above it holds that. It is tried past the types. */
export function pastTypes(fields: Overlay<typeof authorworks>): OverlayDoor {
  return { overlay: fields as AnyOverlay, compiles: false };
}
