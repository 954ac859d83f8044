import type { SourcedObject } from '../../synth/object';
import { oncePerSet } from '../once';
import type { ReachFacts } from './judge';
import { type Reach, reach } from './reach';

/** `reach` of a set and its facts, made once for all checks that ask. */
export const reachOf: (objects: readonly SourcedObject[], facts: ReachFacts) => Reach = (() => {
  const byFacts = oncePerSet((objects) => {
    const known = new Map<unknown, Map<unknown, Reach>>();
    return (facts: ReachFacts) => {
      const byNetworks = known.get(facts.foreignPods) ?? new Map<unknown, Reach>();
      known.set(facts.foreignPods, byNetworks);
      const found = byNetworks.get(facts.podNetworks) ?? reach(objects, facts);
      byNetworks.set(facts.podNetworks, found);
      return found;
    };
  });
  return (objects, facts) => byFacts(objects)(facts);
})();
