import type { KubeObject } from '../../synth/object';

/** What becomes of an object that helm would run as a hook. */
export interface Hook {
  /** As `pre-install`. */
  readonly events: readonly string[];
  /** False for tests and for events that Argo CD never comes to. */
  readonly kept: boolean;
}

/** Events without a counterpart: Argo CD does not run tests, and rolls back by syncing. */
const never = new Set(['test', 'test-success', 'test-failure', 'pre-rollback', 'post-rollback']);

/**
 * Whether an object is a hook of helm's. Argo CD reads helm's annotations in plain manifests as it does in charts (`pre-install` and
 * `pre-upgrade` are PreSync, `post-install` and `post-upgrade` PostSync), so that hooks that are kept need no others.
 */
export function hookOf(object: KubeObject): Hook | undefined {
  const annotation = object.metadata.annotations?.['helm.sh/hook'];
  if (annotation === undefined) return undefined;
  const events = annotation
    .split(',')
    .map((event) => event.trim())
    .filter((event) => event !== '');
  return { events, kept: events.some((event) => !never.has(event)) };
}
