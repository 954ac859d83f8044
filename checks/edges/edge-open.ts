import type { SourcedObject } from '../../synth/object';
import type { Check, Report } from '../check';
import { comparison, describeEnd, idsOf, type MissingEdge } from '../reachability/comparison';
import { closers } from '../reachability/explain';
import { reachOf } from '../reachability/known';
import { describeRange, portSet } from '../reachability/port-set';
import type { Reach } from '../reachability/reach';

/** What is meant to be reached can be. */
export const edgeOpen: Check = {
  id: 'edge-open',
  title: 'Every declared edge is open: NetworkPolicies admit it at both ends, and so does Linkerd where the callee is meshed.',
  severity: 'error',
  why: 'The call times out or is refused with status 403, however well both workloads run.',
  mend: 'Render the policies from the edges, or add the rule that is missing; remove the edge if nobody calls any more.',
  needs: ['edges', 'foreignPods'],
  *run(objects, facts) {
    const reached = reachOf(objects, facts);
    for (const missing of comparison(reached, facts.edges ?? []).missing) {
      const report = missing.unknown === undefined ? closed(missing, reached) : unknown(missing, missing.unknown);
      const subject = subjectOf(missing, reached) ?? report.subject ?? objects[0];
      if (subject !== undefined) yield { ...report, subject };
    }
  },
};

function closed({ declared, closed: { from, to, ...range } }: MissingEdge, { judge }: Reach): Partial<Report> & Pick<Report, 'message'> {
  const causes = closers(judge, from, to, portSet(range));
  const subject = causes.find((cause) => cause.subject !== undefined)?.subject;
  const why = causes.map(({ text }) => text).join('; ') || 'a part of the addresses is left out';
  return {
    message: `"${declared.name}" is declared, but ${describeRange(range)} is closed from ${describeEnd(from)} to ${describeEnd(to)}: ${why}`,
    ...(subject === undefined ? {} : { subject }),
  };
}

function unknown({ declared }: MissingEdge, id: string): ReturnType<typeof closed> {
  return {
    message: `"${declared.name}" is declared, but there are no pods ${id} that policies hold for; those on the host’s network are none`,
  };
}

/** The callee's controller, or else the caller's. */
function subjectOf({ closed: { from, to } }: MissingEdge, { judge }: Reach): SourcedObject | undefined {
  const ids = [...idsOf(to), ...idsOf(from)];
  for (const id of ids) {
    const subject = judge.find(id)?.subject;
    if (subject !== undefined) return subject;
  }
  return undefined;
}
