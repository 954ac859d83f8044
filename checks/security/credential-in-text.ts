import { groupOf } from '../../synth/object';
import type { Check } from '../check';
import { credentialIn } from './credentials';

/** Looks at every string of every object: arguments, annotations, ConfigMaps, values of Helm charts, custom resources. */
export const credentialInText: Check = {
  id: 'credential-in-text',
  title: 'No string of any object looks like a key, a token or an address with a password.',
  severity: 'error',
  why: 'Manifests are readable by many more people and programs than Secrets, and stay in the history of the repository.',
  mend: 'Keep the value in the secret store and refer to it by an ExternalSecret; replace the value, since it may have been read.',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      // What a Secret holds is found whole by another check; a CRD's descriptions are examples.
      if (object.kind === 'CustomResourceDefinition') continue;
      const isSecret = object.kind === 'Secret' && groupOf(object) === '';
      for (const { path, kind } of credentials(object, [], isSecret)) {
        yield { subject, field: fieldOf(path), message: `there is ${kind} in the text (not shown); expected a reference to a Secret` };
      }
    }
  },
};

interface Hit {
  readonly path: readonly (string | number)[];
  readonly kind: string;
}

/** Credentials inside a value. One path is shared by the whole walk: only a hit pays for a copy. */
function credentials(value: unknown, path: (string | number)[], isSecret: boolean, hits: Hit[] = []): readonly Hit[] {
  if (typeof value === 'string') {
    const kind = credentialIn(value);
    if (kind !== undefined) hits.push({ path: [...path], kind });
  } else if (typeof value === 'object' && value !== null) {
    const members: Iterable<readonly [string | number, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, member] of members) {
      if (isSecret && path.length === 0 && (key === 'data' || key === 'stringData')) continue;
      path.push(key);
      credentials(member, path, isSecret, hits);
      path.pop();
    }
  }
  return hits;
}

/** A path as findings write it: `spec.containers[0].args[1]`, `data['key.pem']`. */
function fieldOf(path: readonly (string | number)[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : /^[\w-]+$/.test(key) ? `.${key}` : `['${key}']`))
    .join('')
    .replace(/^\./, '');
}
