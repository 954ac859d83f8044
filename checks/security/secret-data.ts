import { groupOf } from '../../synth/object';
import { entriesAt } from '../at';
import type { Check } from '../check';

/** Secrets are made in the cluster, by ExternalSecrets, cert-manager or trust-manager; one without data (that a controller fills) may stand. */
export const secretData: Check = {
  id: 'secret-data',
  title: 'No Secret is rendered with data.',
  severity: 'error',
  why: 'Whoever reads the repository, its clones or its caches has the secret, and taking it out of the history is not enough: it has to be replaced.',
  mend: 'Put the value into Secrets Manager or Parameter Store and render an ExternalSecret; replace the value if it was ever committed.',
  *run(objects) {
    for (const subject of objects) {
      if (subject.object.kind !== 'Secret' || groupOf(subject.object) !== '') continue;
      for (const name of ['data', 'stringData']) {
        const keys = entriesAt(subject.object, name).map(([key]) => key);
        if (keys.length > 0)
          yield { subject, field: name, message: `the Secret has ${name} for ${keys.join(', ')} (not shown); expected none` };
      }
    }
  },
};
