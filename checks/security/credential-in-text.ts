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
      for (const [field, text] of strings(object, '')) {
        if (isSecret && /^(?:data|stringData)\b/.test(field)) continue;
        const kind = credentialIn(text);
        if (kind !== undefined)
          yield { subject, field, message: `there is ${kind} in the text (not shown); expected a reference to a Secret` };
      }
    }
  },
};

/** Every string inside a value, with its path. */
function* strings(value: unknown, path: string): Iterable<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* strings(item, `${path}[${i}]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) yield* strings(member, memberPath(path, key));
  }
}

function memberPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}['${key}']`;
  return path === '' ? key : `${path}.${key}`;
}
