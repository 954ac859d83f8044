import type { k8s } from 'cdk8s-plus-28';
import { listAt, mapAt } from './at';
import type { Plain } from './pods';

/** A label selector as it stands in YAML. */
export type LabelSelector = Plain<k8s.LabelSelector>;

type Labels = Readonly<Record<string, unknown>>;

/**
 * Does a label selector (`matchLabels` and `matchExpressions`, all of which must hold) select an object with these labels?
 * An empty selector selects everything; `undefined` selects nothing, as in most of the API. An operator that is none selects nothing.
 */
export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (typeof selector !== 'object' || selector === null) return false;
  return (
    Object.entries(mapAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value) &&
    listAt(selector, 'matchExpressions').every((expression) => {
      const { key, operator } = mapAt(expression);
      const value = typeof key === 'string' && Object.hasOwn(labels, key) ? labels[key] : undefined;
      const listed = value !== undefined && listAt(expression, 'values').includes(value);
      switch (operator) {
        case 'In':
          return listed;
        case 'NotIn':
          return !listed;
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

/** A selector as `kubectl` would write it: `app=web,tier in (a, b),!canary`; `everything` when it is empty. */
export function describeSelector(selector: LabelSelector | undefined): string {
  const equal = Object.entries(mapAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`);
  const expressions = listAt(selector, 'matchExpressions').map((expression) => {
    const { key, operator } = mapAt(expression);
    if (operator === 'Exists') return `${key}`;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : operator === 'NotIn' ? 'notin' : operator} (${listAt(expression, 'values').join(', ')})`;
  });
  return [...equal, ...expressions].join(',') || 'everything';
}
