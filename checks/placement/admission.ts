import { at, listAt, mapAt, textAt } from '../at';
import type { NodeGroup, Taint } from '../facts';
import type { PodSpec } from '../pods';

export const ZONE = 'topology.kubernetes.io/zone';
export const HOST = 'kubernetes.io/hostname';

/** Labels that every node has and that facts need not state: a rule about one of them counts as met where the group does not say. */
const UNSTATED = new Set([
  HOST,
  'kubernetes.io/arch',
  'beta.kubernetes.io/arch',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
]);

/** Whether nodes of a group take a pod, resources aside. */
export interface Admission {
  readonly group: NodeGroup;
  /** Zones whose nodes take it. */
  readonly zones: readonly string[];
  /** What keeps it out. @default - nothing */
  readonly refusal?: { readonly by: 'label' | 'taint'; readonly message: string };
}

/** Node selector, required node affinity and tolerations of a pod against labels and taints of a group. */
export function admit(spec: PodSpec, group: NodeGroup): Admission {
  const zones = group.zones.length === 0 ? [undefined] : group.zones;
  const refusals = zones.map((zone) => labelRefusal(spec, nodeLabels(group, zone)));
  const admitted = zones.filter((_, i) => refusals[i] === undefined);
  const named = admitted.filter((zone) => zone !== undefined);
  if (admitted.length === 0) return { group, zones: [], refusal: { by: 'label', message: refusals[0] ?? '' } };
  const taint = group.taints.find((candidate) => candidate.effect !== 'PreferNoSchedule' && !tolerates(spec, candidate));
  return taint === undefined ? { group, zones: named } : { group, zones: named, refusal: { by: 'taint', message: taintMessage(taint) } };
}

/** Labels of a node of a group in one of its zones. */
function nodeLabels(group: NodeGroup, zone: string | undefined): Readonly<Record<string, string>> {
  return { 'kubernetes.io/os': 'linux', ...(zone === undefined ? {} : { [ZONE]: zone }), ...group.labels };
}

function labelRefusal(spec: PodSpec, labels: Readonly<Record<string, string>>): string | undefined {
  for (const [key, value] of Object.entries(mapAt(spec, 'nodeSelector'))) {
    const refusal = requirementRefusal({ key, operator: 'In', values: [value] }, labels);
    if (refusal !== undefined) return refusal;
  }
  const required = at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  if (required === undefined) return undefined;
  // Terms are alternatives; a term without requirements matches no node.
  const terms = listAt(required, 'nodeSelectorTerms').map((term) => {
    const requirements = listAt(term, 'matchExpressions');
    const fields = listAt(term, 'matchFields');
    if (requirements.length === 0 && fields.length === 0) return 'an empty node selector term matches no node';
    return requirements.map((requirement) => requirementRefusal(requirement, labels)).find((refusal) => refusal !== undefined);
  });
  if (terms.length === 0) return 'node affinity without terms matches no node';
  return terms.includes(undefined) ? undefined : terms.join(' or ');
}

function requirementRefusal(requirement: unknown, labels: Readonly<Record<string, string>>): string | undefined {
  const key = textAt(requirement, 'key') ?? '';
  const operator = textAt(requirement, 'operator');
  const values = listAt(requirement, 'values').map(String);
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (value === undefined && UNSTATED.has(key)) return undefined;
  const found = value === undefined ? `label ${key} is missing` : `label ${key} is ${value}`;
  const met = {
    In: value !== undefined && values.includes(value),
    NotIn: value === undefined || !values.includes(value),
    Exists: value !== undefined,
    DoesNotExist: value === undefined,
    Gt: value !== undefined && Number(value) > Number(values[0]),
    Lt: value !== undefined && Number(value) < Number(values[0]),
  }[operator ?? ''];
  return met ? undefined : `${found}, wanted ${operator} ${values.join(', ')}`.trimEnd();
}

function tolerates(spec: PodSpec, taint: Taint): boolean {
  return (spec.tolerations ?? []).some((toleration) => {
    if (toleration.effect && toleration.effect !== taint.effect) return false;
    if (toleration.operator === 'Exists') return !toleration.key || toleration.key === taint.key;
    return toleration.key === taint.key && (toleration.value ?? '') === (taint.value ?? '');
  });
}

function taintMessage({ key, value, effect }: Taint): string {
  return `taint ${key}${value === undefined ? '' : `=${value}`}:${effect} is not tolerated`;
}
