import { describe, type SourcedObject } from '../../synth/object';
import { scalingOf } from '../autoscalers';
import type { Check } from '../check';
import type { ClusterFacts } from '../facts';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';
import { admit } from './admission';
import { type Demand, demandOf } from './demand';
import type { ResourceList } from './limit-range';
import { type QuotaLimit, quotaLimits } from './quotas';
import { surgeOf } from './surge';
import { amount } from './units';

/** How many workloads a message names. */
const LISTED = 3;

/** The quota of a namespace lets its workloads scale and roll out. Pods that an operator makes are not seen. */
export const quotaHoldsMaxima: Check = {
  id: 'quota-holds-maxima',
  title: 'ResourceQuotas hold all workloads of their namespace: at their minima, and better at their maxima and during a rollout.',
  severity: 'error',
  needs: ['proxy'],
  why: 'The API server refuses some of the pods at once: workloads stay below their replicas, and only an event of the ReplicaSet says so.',
  mend: 'Raise the quota, or lower replicas or requests.',
  *run(objects, facts) {
    const limits = quotaLimits(objects);
    if (limits.length === 0) return;
    const byNamespace = workloadsIn(new Set(limits.map(({ namespace }) => namespace)), objects, facts);
    for (const limit of limits) {
      const { subject, field, hard } = limit;
      const shares = (byNamespace.get(limit.namespace) ?? []).map((workload) => ({ ...workload, each: eachOf(workload, limit) }));
      const minima = shares.map((share) => ({ ...share, pods: share.min }));
      const maxima = shares.map((share) => ({ ...share, pods: share.max }));
      const rollout = Math.max(0, ...shares.map(({ surge, each }) => surge * each));
      const [least, most] = [sum(minima), sum(maxima)];
      if (exceeds(least, hard)) {
        const message = `the minima of the workloads need ${text(least, limit)}, but the quota holds ${text(hard, limit)}; ${largest(minima, limit)}`;
        yield { subject, field, message };
      } else if (exceeds(most + rollout, hard)) {
        const needs = `${text(most, limit)} and ${text(rollout, limit)} for the largest rollout`;
        yield {
          subject,
          field,
          severity: 'warning',
          message: `the maxima of the workloads need ${needs}, but the quota holds ${text(hard, limit)}; ${largest(maxima, limit)}`,
          why: 'If all of them are under load at once, or one rolls out then, the API server refuses pods.',
        };
      }
    }
  },
};

interface Workload {
  readonly template: PodTemplate;
  readonly demand: Readonly<Record<ResourceList, Demand>>;
  readonly min: number;
  readonly max: number;
  /** Pods that a rollout adds at the maximum. */
  readonly surge: number;
}

interface Share extends Workload {
  /** What one pod uses of the quota. */
  readonly each: number;
  readonly pods: number;
}

function workloadsIn(namespaces: ReadonlySet<string>, objects: readonly SourcedObject[], facts: Partial<ClusterFacts>) {
  const scaling = scalingOf(objects);
  const requests = demandOf(objects, facts);
  const limits = demandOf(objects, facts, 'limits');
  const found = new Map<string, Workload[]>();
  for (const template of podIndex(objects).templates) {
    const { object } = template.subject;
    const namespace = namespaceOf(object);
    if (!namespaces.has(namespace)) continue;
    const { min, max } = object.kind === 'DaemonSet' ? nodesFor(template, facts) : scaling.replicasOf(template.subject);
    // Pods of Jobs come and go: one run counts at the maximum only.
    const least = object.kind === 'Job' || object.kind === 'CronJob' ? 0 : min;
    const demand = { requests: requests(template), limits: limits(template) };
    const workload = { template, demand, min: least, max, surge: surgeOf(object, max) };
    const list = found.get(namespace);
    if (list === undefined) found.set(namespace, [workload]);
    else list.push(workload);
  }
  return found;
}

/** A DaemonSet has a pod on every node that takes it; without known node groups none is counted. */
function nodesFor({ spec }: PodTemplate, { nodeGroups = [] }: Partial<ClusterFacts>) {
  const sizes = nodeGroups.filter((group) => admit(spec, group).refusal === undefined).map(({ size }) => size);
  return { min: sizes.reduce((total, { min }) => total + min, 0), max: sizes.reduce((total, { max }) => total + max, 0) };
}

function eachOf({ demand }: Workload, { counts }: QuotaLimit): number {
  return counts === 'pods' ? 1 : demand[counts.list][counts.resource];
}

function sum(shares: readonly Share[]): number {
  return shares.reduce((total, { pods, each }) => total + pods * each, 0);
}

/** The tiny addition forgives what floating point adds. */
function exceeds(needed: number, hard: number): boolean {
  return needed > hard * (1 + 1e-9);
}

/** The workloads that use most of it. */
function largest(shares: readonly Share[], limit: QuotaLimit): string {
  const used = shares.filter(({ pods, each }) => pods * each > 0).sort((a, b) => b.pods * b.each - a.pods * a.each);
  const listed = used.slice(0, LISTED).map(({ template, pods, each }) => {
    const name = describe(template.subject.object);
    return limit.counts === 'pods' ? `${name} ${pods}` : `${name} ${pods} x ${text(each, limit)}`;
  });
  const more = used.length - listed.length;
  return [...listed, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function text(value: number, { counts }: QuotaLimit): string {
  if (counts === 'pods') return `${value} pods`;
  const unit = counts.list === 'limits' ? `${counts.resource} limits` : counts.resource;
  return `${amount(counts.resource, value)} ${unit}`;
}
