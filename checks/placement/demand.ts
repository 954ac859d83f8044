import type { SourcedObject } from '../../synth/object';
import { at } from '../at';
import type { ClusterFacts } from '../facts';
import { minorOf } from '../kubernetes-minor';
import { namespaceOf } from '../lookup';
import { meshOf } from '../mesh';
import { type Container, containersOf, type PodTemplate } from '../pods';
import { parseQuantity } from '../quantity';
import { containerDefaults, type Resource, type ResourceList, statedOf } from './limit-range';

/** What one pod asks of a node: cores and bytes. */
export type Demand = Readonly<Record<Resource, number>>;

/** The first minor in which Linkerd can run as a sidecar that starts before the init containers. */
const NATIVE_SIDECARS = 29;

/**
 * Computes what the scheduler reserves for a pod, by the rules that docs/placement.md tells; for `limits`, by the same rules, what
 * a ResourceQuota counts of them.
 */
export function demandOf(
  objects: readonly SourcedObject[],
  facts: Partial<ClusterFacts>,
  list: ResourceList = 'requests',
): (template: PodTemplate) => Demand {
  const defaults = containerDefaults(objects);
  const meshed = meshOf(objects);
  const native = (minorOf(facts.kubernetes) ?? 0) >= NATIVE_SIDECARS;
  const suffix = list === 'requests' ? 'request' : 'limit';
  return (template) => {
    const missing = defaults.get(namespaceOf(template.subject.object));
    const proxied = facts.proxy !== undefined && meshed(template);
    const one = (resource: Resource): number => {
      const share = proxied
        ? quantity(template.annotations[`config.linkerd.io/proxy-${resource}-${suffix}`] ?? at(facts.proxy, list, resource))
        : 0;
      const ask = (container: Container) => quantity(statedOf(container, list, resource) ?? missing?.[list][resource]);
      const pod = at(template.spec, 'resources', list, resource);
      const containers = pod === undefined ? sumOrPeak(template, ask, share, native) : quantity(pod) + share;
      return containers + quantity(at(template.spec, 'overhead', resource));
    };
    return ofEach(one);
  };
}

/** The containers run together; init containers one after the other, each beside the sidecars that were started before it. */
function sumOrPeak(template: PodTemplate, ask: (container: Container) => number, proxy: number, native: boolean): number {
  let sidecars = native ? proxy : 0;
  let together = native ? 0 : proxy;
  let peak = 0;
  for (const { container, init } of containersOf(template)) {
    const asked = ask(container);
    if (!init) together += asked;
    else if (container.restartPolicy === 'Always') {
      sidecars += asked;
      peak = Math.max(peak, sidecars);
    } else peak = Math.max(peak, sidecars + asked);
  }
  return Math.max(peak, sidecars + together);
}

/** A number for each resource. */
export function ofEach(value: (resource: Resource) => number): Demand {
  return { cpu: value('cpu'), memory: value('memory'), 'ephemeral-storage': value('ephemeral-storage') };
}

/** The number of a quantity; nothing, and what is none, counts as 0 (another check reports it). */
export function quantity(value: unknown): number {
  return (typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined) ?? 0;
}
