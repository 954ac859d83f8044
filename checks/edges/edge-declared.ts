import type { SourcedObject } from '../../synth/object';
import type { Check, Report } from '../check';
import { comparison, describeEnd, idsOf } from '../reachability/comparison';
import { type Cause, openers } from '../reachability/explain';
import { reachOf } from '../reachability/known';
import type { ReachedEdge, ReachedEnd } from '../reachability/model';
import { describePorts, portSet } from '../reachability/port-set';
import type { Reach } from '../reachability/reach';
import { union } from '../reachability/spans';

/** Nothing can be reached that is not meant to be. */
export const edgeDeclared: Check = {
  id: 'edge-declared',
  title: 'Every connection that NetworkPolicies and Linkerd leave open is a declared edge.',
  severity: 'error',
  why: 'Who takes over one of these pods reaches more than the fleet says, and nobody who reads the edges knows.',
  mend: 'Narrow the rule that is named, or declare the edge if it is meant.',
  needs: ['edges', 'foreignPods'],
  *run(objects, facts) {
    const reached = reachOf(objects, facts);
    for (const edges of byEnds(comparison(reached, facts.edges ?? []).extra)) {
      const report = undeclared(edges, reached, objects);
      if (report !== undefined) yield report;
    }
  },
};

/** One list of edges for each pair of ends, so that a message tells all their ports. */
function byEnds(edges: readonly ReachedEdge[]): readonly (readonly ReachedEdge[])[] {
  // The long lists of pods are shared: their place stands for them.
  const lists = new Map<unknown, number>();
  const keyOf = (end: ReachedEnd) => {
    if (!('each' in end)) return JSON.stringify(end);
    const number = lists.get(end.each) ?? lists.size;
    lists.set(end.each, number);
    return `${number} ${end.except?.join(' ')}`;
  };
  const found = new Map<string, ReachedEdge[]>();
  for (const edge of edges) {
    const key = `${keyOf(edge.from)} > ${keyOf(edge.to)} ${edge.layers}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, [edge]);
    else list.push(edge);
  }
  return [...found.values()];
}

function undeclared(edges: readonly ReachedEdge[], { judge }: Reach, objects: readonly SourcedObject[]): Report | undefined {
  const [first] = edges;
  if (first === undefined) return undefined;
  const { from, to } = first;
  const ports = union(...edges.map(portSet));
  const causes = openers(judge, from, to, ports);
  const place = placeOf(causes);
  const controller = [...idsOf(to), ...idsOf(from)].map((id) => judge.find(id)?.subject).find((one) => one !== undefined);
  const subject = place?.subject ?? controller ?? objects[0];
  if (subject === undefined) return undefined;
  const message = `${describeEnd(from)} may reach ${describePorts(ports)} of ${describeEnd(to)}, which no edge declares; it is open by ${causes.map(({ text }) => text).join(', ')}`;
  return { subject, message, ...(place?.field === undefined ? {} : { field: place.field }) };
}

/** Where to mend: the rule that lets it in, or else the one that lets it out. */
function placeOf(causes: readonly Cause[]): Cause | undefined {
  const rules = causes.filter(({ subject, field }) => subject !== undefined && field !== undefined);
  return rules.find(({ field }) => field?.startsWith('spec.ingress')) ?? rules[0];
}
