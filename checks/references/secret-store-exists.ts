import { listAt, mapAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';

const GROUP = 'external-secrets.io';

/** Stores that ExternalSecrets read from are there. */
export const secretStoreExists: Check = {
  id: 'secret-store-exists',
  title: 'Every SecretStore or ClusterSecretStore that an ExternalSecret reads from exists.',
  severity: 'error',
  why: 'The ExternalSecret never becomes ready, its Secret is not made, and pods that need it do not start.',
  mend: 'Correct kind or name of the store, or list it among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const subject of all.all(GROUP, 'ExternalSecret')) {
      const { spec } = subject.object;
      const refs: (readonly [string, unknown])[] = [['spec.secretStoreRef', mapAt(spec, 'secretStoreRef')]];
      for (const list of ['data', 'dataFrom']) {
        for (const [i, entry] of listAt(spec, list).entries())
          refs.push([`spec.${list}[${i}].sourceRef.storeRef`, mapAt(entry, 'sourceRef', 'storeRef')]);
      }
      for (const [field, ref] of refs) {
        const name = textAt(ref, 'name');
        const kind = textAt(ref, 'kind') ?? 'SecretStore';
        const namespace = kind === 'ClusterSecretStore' ? undefined : namespaceOf(subject.object);
        if (name === undefined || all.exists(GROUP, kind, name, namespace)) continue;
        yield {
          subject,
          field,
          message: `reads from ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}, which does not exist`,
        };
      }
    }
  },
};
