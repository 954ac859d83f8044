import { describe } from '../../synth/object';
import type { Check } from '../check';
import { lookup } from '../lookup';
import { type SecretMaker, secretMakers } from './secret-makers';

/** No two objects write one Secret. Those that choose their namespaces by labels are left out: which ones they are is not known. */
export const oneSecretMaker: Check = {
  id: 'one-secret-maker',
  title:
    'Every Secret is made by one object: a Secret, SealedSecret, ExternalSecret or Certificate, or an Ingress or Gateway with an issuer.',
  severity: 'error',
  why: 'The makers overwrite each other without end, or the second one refuses to start: pods read whichever came last.',
  mend: 'Name one of the two Secrets otherwise, or let one object make it and the others refer to it.',
  *run(objects) {
    const makers = new Map<string, SecretMaker[]>();
    for (const maker of secretMakers(lookup(objects))) {
      if (maker.namespace === undefined) continue;
      const id = `${maker.namespace}/${maker.name}`;
      const known = makers.get(id);
      if (known === undefined) makers.set(id, [maker]);
      // One Ingress may name a Secret for several hosts; objects of one identity are another check's.
      else if (!known.some(({ subject }) => describe(subject.object) === describe(maker.subject.object))) known.push(maker);
    }
    for (const [id, all] of makers) {
      if (all.length < 2) continue;
      for (const maker of all) {
        const others = all.filter((other) => other !== maker).map(({ subject }) => describe(subject.object));
        const message = `makes the Secret ${id}, and so does ${others.join(' and ')}; expected one maker`;
        yield { subject: maker.subject, field: maker.field, message };
      }
    }
  },
};
