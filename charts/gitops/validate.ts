import { groupOf } from '../../synth/object';
import { isUpstream, type Unit } from './unit';

/** Names of the roots and of their project; their folders hold Applications. */
const reservedNames = new Set(['platform', 'workloads', 'bootstrap']);
const reservedProjects = new Set(['default', 'bootstrap']);
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Refuses units that Argo CD could not sync, or that would undo each other.
 * @throws with all problems at once
 */
export function validateUnits(units: readonly Unit[]): void {
  const problems = [...units.flatMap(problemsOf), ...repeatedNames(units), ...scatteredNamespaces(units)];
  if (problems.length > 0) throw new Error(`Argo CD Applications cannot be made:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}

function problemsOf(unit: Unit): string[] {
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`unit "${unit.name}": ${problem}`);
  if (reservedNames.has(unit.name)) say('this name belongs to a root or its project; choose another.');
  if (!dnsLabel.test(unit.name)) say('a name has 1 to 63 lower-case letters, digits and dashes; choose another.');
  if (reservedProjects.has(unit.project))
    say(`its project is "${unit.project}", which no Application may use; name "platform" or the product.`);
  if (unit.tier === 'workloads' && unit.stage !== undefined)
    say(`it has stage "${unit.stage}", but workloads have no order among themselves; leave it out.`);
  if (isUpstream(unit) && unit.objects.length > 0)
    say(`its source is a ${unit.source.kind}, yet it renders objects; give them a unit of their own.`);
  if (!isUpstream(unit) && unit.objects.length === 0) say('it renders nothing, so its folder would not exist in dist; leave the unit out.');
  const namespaces = new Set(unit.objects.flatMap((object) => object.metadata.namespace ?? []));
  if (namespaces.size > 0 && !namespaces.has(unit.namespace))
    say(`its destination is namespace ${unit.namespace}, but its objects use ${[...namespaces].sort().join(', ')}; name one of these.`);
  return problems;
}

function repeatedNames(units: readonly Unit[]): string[] {
  const names = units.map((unit) => unit.name);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(repeated)].map(
    (name) => `unit "${name}" is there ${names.filter((other) => other === name).length} times; names are unique in a cluster.`,
  );
}

/** Namespace objects live in one Application: two that each own a namespace would prune and label differently. */
function scatteredNamespaces(units: readonly Unit[]): string[] {
  const owners = units.filter((unit) => unit.objects.some((object) => object.kind === 'Namespace' && groupOf(object) === ''));
  if (owners.length < 2) return [];
  return [`Namespace objects are in ${owners.map((unit) => `"${unit.name}"`).join(' and ')}; put them all into one unit.`];
}
