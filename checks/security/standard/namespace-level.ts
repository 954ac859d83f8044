import type { KubeObject } from '../../../synth/object';
import { LEVELS, type Level } from './evaluate';

/** Modes of Pod Security admission: refuse, warn who applies, write to the audit log. */
export const MODES = ['enforce', 'warn', 'audit'] as const;
export type Mode = (typeof MODES)[number];

export const LABEL = 'pod-security.kubernetes.io/';

/** The level that a Namespace declares for a mode; `undefined` where it declares none, or none that exists. */
export function declaredLevel(namespace: KubeObject, mode: Mode): Level | undefined {
  const value = namespace.metadata.labels?.[LABEL + mode];
  return LEVELS.find((level) => level === value);
}

/** Does Linkerd add its proxy to the pods of a Namespace? */
export function isMeshed(namespace: KubeObject): boolean {
  const inject = namespace.metadata.annotations?.['linkerd.io/inject'];
  return inject === 'enabled' || inject === 'ingress';
}

/** The level that the checks hold the pod templates of a namespace to, and why, as the end of a sentence. */
export interface HeldLevel {
  readonly level: Level;
  readonly because: string;
}

/**
 * The strictest level that a Namespace declares in any mode; restricted where it declares none, and where Linkerd injects:
 * there the API server can enforce no more than privileged, since Linkerd's init container needs capabilities.
 */
export function heldLevel(namespace: KubeObject | undefined, name: string): HeldLevel {
  if (namespace === undefined) return { level: 'restricted', because: `Namespace ${name} is not among the objects` };
  if (isMeshed(namespace)) return { level: 'restricted', because: `Namespace ${name} is meshed by Linkerd` };
  const declared = MODES.flatMap((mode) => {
    const level = declaredLevel(namespace, mode);
    return level === undefined ? [] : [{ level, mode }];
  });
  for (const level of [...LEVELS].reverse()) {
    const mode = declared.find((candidate) => candidate.level === level)?.mode;
    if (mode !== undefined) return { level, because: `the ${mode} level of Namespace ${name}` };
  }
  return { level: 'restricted', because: `Namespace ${name} declares no level` };
}
