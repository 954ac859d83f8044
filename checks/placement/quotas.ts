import type { SourcedObject } from '../../synth/object';
import { at, entriesAt, listAt } from '../at';
import { namespaceOf } from '../lookup';
import { quantity } from './demand';
import type { Resource, ResourceList } from './limit-range';

/** One number of a ResourceQuota that pods use up. */
export interface QuotaLimit {
  readonly subject: SourcedObject;
  readonly namespace: string;
  /** As `spec.hard.requests.cpu`. */
  readonly field: string;
  readonly counts: 'pods' | { readonly list: ResourceList; readonly resource: Resource };
  /** Cores, bytes or pods. */
  readonly hard: number;
}

const COUNTED: Readonly<Record<string, QuotaLimit['counts']>> = {
  pods: 'pods',
  'count/pods': 'pods',
  cpu: { list: 'requests', resource: 'cpu' },
  memory: { list: 'requests', resource: 'memory' },
  'ephemeral-storage': { list: 'requests', resource: 'ephemeral-storage' },
  'requests.cpu': { list: 'requests', resource: 'cpu' },
  'requests.memory': { list: 'requests', resource: 'memory' },
  'requests.ephemeral-storage': { list: 'requests', resource: 'ephemeral-storage' },
  'limits.cpu': { list: 'limits', resource: 'cpu' },
  'limits.memory': { list: 'limits', resource: 'memory' },
  'limits.ephemeral-storage': { list: 'limits', resource: 'ephemeral-storage' },
};

/** What ResourceQuotas allow to pods. One with scopes counts only some of the pods, and is left out. */
export function quotaLimits(objects: readonly SourcedObject[]): readonly QuotaLimit[] {
  return objects.flatMap((subject) => {
    const { object } = subject;
    if (object.kind !== 'ResourceQuota' || object.apiVersion !== 'v1') return [];
    if (listAt(object, 'spec', 'scopes').length > 0 || at(object, 'spec', 'scopeSelector') !== undefined) return [];
    return entriesAt(object, 'spec', 'hard').flatMap(([key, value]): readonly QuotaLimit[] => {
      const counts = COUNTED[key];
      if (counts === undefined) return [];
      return [{ subject, namespace: namespaceOf(object), field: `spec.hard.${key}`, counts, hard: quantity(value) }];
    });
  });
}
