import { builtIn, type Capability, textOf } from './capability';
import { neededBy, providedBy } from './derived';
import { stages, type Unit } from './unit';

/** Wave of AppProjects: before every Application, since an Application without its project cannot sync. */
export const projectWave = -1;

/** One unit must stand before another, and why, as the middle of a sentence about the two. */
interface Edge {
  readonly to: Unit;
  readonly why: string;
}

/** One edge of the route that the search is on. */
interface Step {
  readonly from: Unit;
  readonly edge: Edge;
}

/**
 * Sync wave of every unit, by name. In the platform tier it is the longest path over needs and stages, from 0;
 * in the workloads tier it is 0 for all, so that an Application that waits for a person blocks nothing.
 * @param existing what the cluster has without any unit, beyond Kubernetes' own
 * @throws when nothing provides a need, when the platform tier needs something of the workloads tier, or when needs form a cycle
 */
export function computeWaves(units: readonly Unit[], existing: readonly Capability[] = []): ReadonlyMap<string, number> {
  const edges = edgesOf(units, existing);
  const depths = new Map<string, number>();
  const depth = (unit: Unit, route: readonly Step[]): number => {
    const known = depths.get(unit.name);
    if (known !== undefined) return known;
    const start = route.findIndex((step) => step.from === unit);
    if (start !== -1) throw new Error(cycleMessage(route.slice(start)));
    const below = (edges.get(unit.name) ?? []).map((edge) => depth(edge.to, [...route, { from: unit, edge }]));
    const result = Math.max(-1, ...below) + 1;
    depths.set(unit.name, result);
    return result;
  };
  return new Map(units.map((unit) => [unit.name, waveOf(unit, depth(unit, []))]));
}

function waveOf(unit: Unit, depth: number): number {
  return unit.tier === 'workloads' ? 0 : depth;
}

function edgesOf(units: readonly Unit[], existing: readonly Capability[]): ReadonlyMap<string, readonly Edge[]> {
  const providers = providersOf(units);
  const given = new Set([...builtIn, ...existing].map(textOf));
  const problems: string[] = [];
  const edges = new Map<string, readonly Edge[]>();
  for (const unit of units) {
    const own: Edge[] = [];
    for (const need of new Set(neededBy(unit).map(textOf))) {
      const found = providers.get(need) ?? [];
      if (found.includes(unit)) continue;
      if (found.length === 0 && !given.has(need)) problems.push(`"${unit.name}" needs ${need}, which no unit provides.`);
      for (const to of found) {
        if (unit.tier === 'platform' && to.tier === 'workloads')
          problems.push(`"${unit.name}" of the platform tier needs ${need}, which "${to.name}" of the workloads tier provides.`);
        own.push({ to, why: `needs ${need}, which "${to.name}" provides` });
      }
    }
    edges.set(unit.name, [...own, ...stageEdges(unit, units)]);
  }
  if (problems.length > 0) {
    const mend = 'Add a unit that provides it, state it in `provides`, or, when the cluster has it anyway, in `existing`.';
    throw new Error(`Sync waves cannot be computed:\n${problems.map((problem) => `  ${problem}`).join('\n')}\n${mend}`);
  }
  return edges;
}

/** Units by what they provide; several may bring CRDs of one group. */
function providersOf(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const providers = new Map<string, Unit[]>();
  for (const unit of units) {
    for (const capability of new Set(providedBy(unit).map(textOf))) providers.set(capability, [...(providers.get(capability) ?? []), unit]);
  }
  return providers;
}

function stageEdges(unit: Unit, units: readonly Unit[]): Edge[] {
  const { stage, tier } = unit;
  if (stage === undefined || tier === 'workloads') return [];
  return units.flatMap((to) =>
    to.tier === 'platform' && to.stage !== undefined && stages.indexOf(to.stage) < stages.indexOf(stage)
      ? [{ to, why: `comes after "${to.name}", since stage ${stage} follows stage ${to.stage}` }]
      : [],
  );
}

function cycleMessage(steps: readonly Step[]): string {
  const route = steps.map(({ from, edge }) => `"${from.name}" ${edge.why}`).join('; ');
  return `Sync waves cannot be computed, units wait for each other: ${route}. Remove one of these needs, or split a unit in two.`;
}
