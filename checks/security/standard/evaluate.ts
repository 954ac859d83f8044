import type { PodTemplate } from '../../pods';
import * as baseline from './baseline';
import type { Control, Violation } from './control';
import * as restricted from './restricted';

/** Levels of the Pod Security Standards, from open to strict. */
export const LEVELS = ['privileged', 'baseline', 'restricted'] as const;
export type Level = (typeof LEVELS)[number];

/** Controls by the id of the check that holds them. Restricted replaces two controls of baseline by stricter ones. */
const BASELINE = {
  'host-process': baseline.hostProcess,
  'host-namespaces': baseline.hostNamespaces,
  'privileged-container': baseline.privileged,
  capabilities: baseline.baselineCapabilities,
  'host-path': baseline.hostPath,
  'host-port': baseline.hostPorts,
  'host-probe': baseline.hostProbes,
  'app-armor': baseline.appArmor,
  'se-linux': baseline.seLinux,
  'proc-mount': baseline.procMount,
  seccomp: baseline.baselineSeccomp,
  sysctls: baseline.sysctls,
} satisfies Record<string, Control>;

const RESTRICTED = {
  ...BASELINE,
  capabilities: restricted.restrictedCapabilities,
  seccomp: restricted.restrictedSeccomp,
  'volume-types': restricted.volumeTypes,
  'privilege-escalation': restricted.privilegeEscalation,
  'run-as-non-root': restricted.runAsNonRoot,
  'run-as-user': restricted.runAsUser,
} satisfies Record<string, Control>;

export type ControlId = keyof typeof RESTRICTED;

const CONTROLS: Readonly<Record<Level, Readonly<Partial<Record<ControlId, Control>>>>> = {
  privileged: {},
  baseline: BASELINE,
  restricted: RESTRICTED,
};

/** Controls that the standard has only since a Kubernetes minor. */
const SINCE: Readonly<Partial<Record<ControlId, number>>> = { 'host-probe': 34 };

/** What one control says about a pod template at a level; nothing when the level does not have that control. */
export function violationsOf(id: ControlId, template: PodTemplate, level: Level, minor?: number): Iterable<Violation> {
  return CONTROLS[level][id]?.(template, minor) ?? [];
}

/**
 * Everything for which the Pod Security admission of a cluster would refuse the pods of a template.
 * @param minor minor of the Kubernetes version (28 for 1.28). @default - the newest
 */
export function evaluate(template: PodTemplate, level: Level, minor?: number): readonly Violation[] {
  return (Object.keys(CONTROLS[level]) as ControlId[])
    .filter((id) => minor === undefined || minor >= (SINCE[id] ?? 0))
    .flatMap((id) => [...violationsOf(id, template, level, minor)]);
}
