import type { SourcedObject } from '../../synth/object';
import { at, listAt, textAt } from '../at';
import type { ClusterFacts } from '../facts';
import { minorOf } from '../kubernetes-minor';
import { namespaceOf } from '../lookup';
import { meshOf } from '../mesh';
import type { Container, PodTemplate } from '../pods';
import { parseQuantity } from '../quantity';

/** What one pod asks of a node: cores and bytes. */
export interface Demand {
  readonly cpu: number;
  readonly memory: number;
}

const RESOURCES = ['cpu', 'memory'] as const;
/** The first minor in which Linkerd can run as a sidecar that starts before the init containers. */
const NATIVE_SIDECARS = 29;

/** Computes what the scheduler reserves for a pod, by the rules that docs/placement.md tells. */
export function demandOf(objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): (template: PodTemplate) => Demand {
  const defaults = containerDefaults(objects);
  const meshed = meshOf(objects);
  const native = (minorOf(facts.kubernetes) ?? 0) >= NATIVE_SIDECARS;
  return (template) => {
    const missing = defaults.get(namespaceOf(template.subject.object));
    const proxied = facts.proxy !== undefined && meshed(template);
    const one = (resource: (typeof RESOURCES)[number]): number => {
      const share = proxied
        ? quantity(template.annotations[`config.linkerd.io/proxy-${resource}-request`] ?? facts.proxy?.requests[resource])
        : 0;
      const ask = (container: Container) => requestOf(container, resource) ?? missing?.[resource] ?? 0;
      const pod = at(template.spec, 'resources', 'requests', resource);
      const containers = pod === undefined ? sumOrPeak(template, ask, share, native) : quantity(pod) + share;
      return containers + quantity(at(template.spec, 'overhead', resource));
    };
    return { cpu: one('cpu'), memory: one('memory') };
  };
}

/** The containers run together; init containers one after the other, each beside the sidecars that were started before it. */
function sumOrPeak(template: PodTemplate, ask: (container: Container) => number, proxy: number, native: boolean): number {
  let sidecars = native ? proxy : 0;
  let peak = 0;
  for (const init of template.spec.initContainers ?? []) {
    const stays = init.restartPolicy === 'Always';
    if (stays) sidecars += ask(init);
    peak = Math.max(peak, sidecars + (stays ? 0 : ask(init)));
  }
  const together = (template.spec.containers ?? []).reduce((sum, container) => sum + ask(container), native ? 0 : proxy);
  return Math.max(peak, sidecars + together);
}

/** A limit without a request is the request. */
function requestOf(container: Container, resource: string): number | undefined {
  const request = at(container, 'resources', 'requests', resource) ?? at(container, 'resources', 'limits', resource);
  return request === undefined ? undefined : quantity(request);
}

/** Requests that a LimitRange gives to containers that state none, by namespace. */
function containerDefaults(objects: readonly SourcedObject[]): ReadonlyMap<string, Partial<Demand>> {
  const found = new Map<string, Partial<Demand>>();
  for (const { object } of objects) {
    if (object.kind !== 'LimitRange') continue;
    for (const limit of listAt(object, 'spec', 'limits')) {
      if (textAt(limit, 'type') !== 'Container') continue;
      for (const resource of RESOURCES) {
        const value = at(limit, 'defaultRequest', resource) ?? at(limit, 'default', resource);
        if (value !== undefined) found.set(namespaceOf(object), { ...found.get(namespaceOf(object)), [resource]: quantity(value) });
      }
    }
  }
  return found;
}

/** The number of a quantity; nothing, and what is none, counts as 0 (another check reports it). */
export function quantity(value: unknown): number {
  return (typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined) ?? 0;
}
