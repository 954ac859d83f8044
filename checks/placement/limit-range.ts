import type { SourcedObject } from '../../synth/object';
import { at, listAt } from '../at';
import { namespaceOf } from '../lookup';

/** What pods ask of nodes and quotas count, by Kubernetes' names. */
export const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'] as const;
export type Resource = (typeof RESOURCES)[number];
/** The two lists of a container's resources. */
export type ResourceList = 'requests' | 'limits';

/** Quantities as they stand in the LimitRange. */
type Defaults = Readonly<Record<ResourceList, Partial<Record<Resource, unknown>>>>;

/** Where the API server takes a missing value from, the first that is there. */
const SOURCES: Readonly<Record<ResourceList, readonly string[]>> = {
  requests: ['defaultRequest', 'default', 'max', 'min'],
  limits: ['default', 'max'],
};

/** What LimitRanges give to containers that state nothing, by namespace. */
export function containerDefaults(objects: readonly SourcedObject[]): ReadonlyMap<string, Defaults> {
  const found = new Map<string, Defaults>();
  for (const { object } of objects) {
    if (object.kind !== 'LimitRange') continue;
    const namespace = namespaceOf(object);
    const defaults = found.get(namespace) ?? { requests: {}, limits: {} };
    found.set(namespace, defaults);
    for (const limit of listAt(object, 'spec', 'limits')) {
      if (at(limit, 'type') !== 'Container') continue;
      for (const list of ['requests', 'limits'] as const) {
        for (const resource of RESOURCES) {
          const value = SOURCES[list].map((source) => at(limit, source, resource)).find((candidate) => candidate !== undefined);
          if (value !== undefined) defaults[list][resource] = value;
        }
      }
    }
  }
  return found;
}

/** What a container states of a resource. A limit without a request is the request. */
export function statedOf(container: unknown, list: ResourceList, resource: Resource): unknown {
  const stated = at(container, 'resources', list, resource);
  return stated ?? (list === 'requests' ? at(container, 'resources', 'limits', resource) : undefined);
}
