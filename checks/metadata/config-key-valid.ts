import type { SourcedObject } from '../../synth/object';
import { mapAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

/** Keys of ConfigMaps and Secrets are file names. */
export const configKeyValid: Check = {
  id: 'config-key-valid',
  title: 'Keys of ConfigMaps and Secrets have letters, digits, -, _ and . only, and at most 253 of them.',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Respell the key; a path goes into items[].path of the volume.',
  *run(objects) {
    const all = lookup(objects);
    for (const subject of [...all.all('', 'ConfigMap'), ...all.all('', 'Secret')]) {
      for (const [field, key] of keys(subject)) {
        const problem =
          key.length > 253
            ? `has ${key.length} characters; expected at most 253`
            : !/^[-._a-zA-Z0-9]+$/.test(key)
              ? 'has characters other than letters, digits, -, _ and .'
              : key === '.' || key.startsWith('..')
                ? 'is ., or starts with ..'
                : undefined;
        if (problem !== undefined) yield { subject, field: `${field}['${key}']`, message: `the key "${key}" ${problem}` };
      }
      for (const key of Object.keys(mapAt(subject.object, 'binaryData'))) {
        if (mapAt(subject.object, 'data')[key] === undefined) continue;
        yield { subject, field: `binaryData['${key}']`, message: `the key "${key}" is in data as well` };
      }
    }
  },
};

function keys({ object }: SourcedObject): readonly (readonly [string, string])[] {
  return ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(mapAt(object, field)).map((key) => [field, key] as const));
}
