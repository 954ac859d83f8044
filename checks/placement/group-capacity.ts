import { describe } from '../../synth/object';
import type { Check, Report } from '../check';
import type { NodeGroup } from '../facts';
import { ofEach } from './demand';
import { RESOURCES } from './limit-range';
import { type Placed, type PlacementModel, placementModel, type Room } from './model';
import { amount, resources } from './units';

/** How many workloads a message names. */
const LISTED = 5;

/** Everything that shares a node group can be there at once. */
export const groupCapacity: Check = {
  id: 'group-capacity',
  title: 'Node groups hold all workloads that can run only there: at their minima, and better at their maxima.',
  severity: 'error',
  needs: ['nodeGroups'],
  why: 'Some pods stay Pending even without load.',
  mend: 'Raise the maximum size of the group, lower requests or minima, or place a workload elsewhere.',
  *run(objects, facts) {
    const model = placementModel(objects, facts);
    for (const [groups, pinned] of pinnedTo(model.workloads)) {
      const minima = total(pinned, minimumOf);
      const maxima = total(pinned, ({ replicas }) => replicas.max);
      const capacity = capacityOf(groups, model);
      const names = groups.map(({ name }) => name).join(', ');
      if (exceeds(minima, capacity)) yield finding(pinned, minimumOf, `the minima of all pods that run only on ${names}`, minima, capacity);
      else if (exceeds(maxima, capacity)) {
        yield {
          ...finding(pinned, ({ replicas }) => replicas.max, `the maxima of all pods that run only on ${names}`, maxima, capacity),
          severity: 'warning',
          why: 'If all of them are under load at once, pods stay Pending.',
          mend: 'Raise the maximum size of the group, or accept that not all workloads reach their maximum together.',
        };
      }
    }
  },
};

/** Pods of Jobs come and go: they count only at the maximum. */
function minimumOf({ template, replicas }: Placed): number {
  return ['Job', 'CronJob'].includes(template.subject.object.kind) ? 0 : replicas.min;
}

/** For every set of groups that some workload is limited to: all workloads that are limited to it or to a part of it. */
function pinnedTo(workloads: readonly Placed[]): readonly (readonly [readonly NodeGroup[], readonly Placed[]])[] {
  const sets = new Map<string, { readonly groups: readonly NodeGroup[]; readonly own: Placed[] }>();
  for (const placed of workloads) {
    if (placed.fits.length === 0) continue;
    const key = placed.fits.map(({ name }) => name).join('\n');
    const set = sets.get(key);
    if (set === undefined) sets.set(key, { groups: placed.fits, own: [placed] });
    else set.own.push(placed);
  }
  const all = [...sets.values()];
  return all.map(({ groups }) => [
    groups,
    all.filter((other) => other.groups.every((group) => groups.includes(group))).flatMap(({ own }) => own),
  ]);
}

function total(pinned: readonly Placed[], count: (placed: Placed) => number): Room {
  const sum = (each: (placed: Placed) => number) => pinned.reduce((rest, placed) => rest + each(placed) * count(placed), 0);
  return { ...ofEach((resource) => sum(({ demand }) => demand[resource])), pods: sum(() => 1) };
}

function capacityOf(groups: readonly NodeGroup[], model: PlacementModel): Room {
  // A group without nodes holds nothing, even of what is not known.
  const sized = groups.filter(({ size }) => size.max > 0);
  const sum = (each: (room: Room) => number) =>
    sized.reduce((rest, group) => rest + Math.max(0, each(model.roomOf(group))) * group.size.max, 0);
  return { ...ofEach((resource) => sum((room) => room[resource])), pods: sum(({ pods }) => pods) };
}

/** The tiny addition forgives what floating point adds. */
function exceeds(demand: Room, capacity: Room): boolean {
  return demand.pods > capacity.pods || RESOURCES.some((resource) => demand[resource] > capacity[resource] * (1 + 1e-9));
}

/** Told of the workload that takes the greatest part. */
function finding(pinned: readonly Placed[], count: (placed: Placed) => number, whose: string, demand: Room, capacity: Room): Report {
  const share = (placed: Placed) =>
    count(placed) * Math.max(1 / (capacity.pods || 1), ...RESOURCES.map((resource) => placed.demand[resource] / (capacity[resource] || 1)));
  const largest = pinned.filter((placed) => count(placed) > 0).sort((a, b) => share(b) - share(a));
  const lines = largest
    .slice(0, LISTED)
    .map((placed) => `${describe(placed.template.subject.object)} ${count(placed)} x ${resources(placed.demand)}`);
  const rest = largest.length > LISTED ? [`and ${largest.length - LISTED} more`] : [];
  // Disk is told where it is asked for, and known.
  const told = RESOURCES.filter(
    (resource) => resource !== 'ephemeral-storage' || (demand[resource] > 0 && Number.isFinite(capacity[resource])),
  );
  const sums = [
    ...told.map((resource) => `${resource} ${amount(resource, demand[resource])} of ${amount(resource, capacity[resource])}`),
    `pods ${demand.pods} of ${capacity.pods}`,
  ];
  const subject = (largest[0] ?? pinned[0])?.template.subject;
  if (subject === undefined) throw new Error('a set of node groups has no workload');
  return { subject, message: `${whose} exceed what its nodes hold: ${sums.join(', ')}; ${[...lines, ...rest].join('; ')}` };
}
