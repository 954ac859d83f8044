import type { SourcedObject } from '../../synth/object';
import { type Replicas, scalingOf } from '../autoscalers';
import type { ClusterFacts, NodeGroup } from '../facts';
import { oncePerSet } from '../once';
import { podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';
import { type Admission, admit } from './admission';
import { type Demand, demandOf, ofEach, quantity } from './demand';
import { RESOURCES } from './limit-range';

/** What a group's nodes have left for pods that are not of DaemonSets; what is not known is without end. */
export type Room = Demand & { readonly pods: number };

/** A workload, and where its pods can run. */
export interface Placed {
  readonly template: PodTemplate;
  readonly demand: Demand;
  readonly replicas: Replicas;
  /** One per node group, in the order of the facts. */
  readonly admissions: readonly Admission[];
  /** Groups that admit its pods and on whose nodes at least one fits. */
  readonly fits: readonly NodeGroup[];
}

/** All pods of a cluster against all its node groups. */
export interface PlacementModel {
  /** Everything but DaemonSets. */
  readonly workloads: readonly Placed[];
  readonly daemons: readonly Placed[];
  /** Room on one node of a group. */
  roomOf(group: NodeGroup): Room;
  /** How many pods of a demand one node of a group holds. */
  podsPerNode(demand: Demand, group: NodeGroup): number;
}

/** Where the pods of a set can run; made anew only for other facts, as several checks ask in turn. */
export function placementModel(objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): PlacementModel {
  const known = latest(objects);
  if (known.facts !== facts || known.model === undefined) {
    known.facts = facts;
    known.model = place(objects, facts);
  }
  return known.model;
}

const latest = oncePerSet((): { facts?: Partial<ClusterFacts>; model?: PlacementModel } => ({}));

/** Places every pod template of a set. */
function place(objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): PlacementModel {
  const groups = facts.nodeGroups ?? [];
  const demand = demandOf(objects, facts);
  const scaling = scalingOf(objects);
  const placed = podIndex(objects)
    // A pod with a node's name is not scheduled.
    .templates.filter(({ spec }) => spec.nodeName === undefined)
    .map((template) => ({
      template,
      demand: demand(template),
      replicas: scaling.replicasOf(template.subject),
      admissions: groups.map((group) => admit(template.spec, group)),
    }));
  const isDaemon = ({ template }: { readonly template: PodTemplate }) => template.subject.object.kind === 'DaemonSet';
  const daemonSets = placed.filter(isDaemon);

  const rooms = new Map<NodeGroup, Room>();
  for (const [i, group] of groups.entries()) {
    const there = daemonSets.filter(({ admissions }) => admissions[i]?.refusal === undefined);
    const whole = offerOf(group);
    const left = ofEach((resource) => there.reduce((rest, { demand: taken }) => rest - taken[resource], whole[resource]));
    rooms.set(group, { ...left, pods: whole.pods - there.length });
  }
  const roomOf = (group: NodeGroup): Room => rooms.get(group) ?? { ...ofEach(() => 0), pods: 0 };
  const podsPerNode = (asked: Demand, group: NodeGroup): number => {
    const room = roomOf(group);
    return Math.max(0, Math.min(room.pods, ...RESOURCES.map((resource) => times(room[resource], asked[resource]))));
  };
  const fitting = ({ admissions, demand: asked }: Omit<Placed, 'fits'>) =>
    admissions.filter(({ group, refusal }) => refusal === undefined && podsPerNode(asked, group) > 0).map(({ group }) => group);
  const withFits = (entry: Omit<Placed, 'fits'>): Placed => ({ ...entry, fits: fitting(entry) });
  return {
    workloads: placed.filter((entry) => !isDaemon(entry)).map(withFits),
    daemons: daemonSets.map(withFits),
    roomOf,
    podsPerNode,
  };
}

/** What one node of a group offers. */
export function offerOf({ allocatable }: NodeGroup): Room {
  const { cpu, memory, ephemeralStorage: disk, pods } = allocatable;
  return {
    cpu: quantity(cpu),
    memory: quantity(memory),
    'ephemeral-storage': disk === undefined ? Number.POSITIVE_INFINITY : quantity(disk),
    pods,
  };
}

/** What a number of like pods ask for. */
export function timesDemand(demand: Demand, count: number): Demand {
  return ofEach((resource) => demand[resource] * count);
}

/** How often `part` goes into `whole`; the tiny addition forgives what floating point takes away. */
function times(whole: number, part: number): number {
  if (part <= 0) return Number.POSITIVE_INFINITY;
  return Math.floor(whole / part + 1e-9);
}
