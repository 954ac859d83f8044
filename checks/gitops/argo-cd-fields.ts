import { Application, AppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { isMap } from '../at';
import type { Check } from '../check';

/** Applications and AppProjects are as Argo CD defines them. */
export const argoCdFields: Check = {
  id: 'argo-cd-fields',
  title: 'Applications and AppProjects have the fields that Argo CD requires, none that it does not know, and values of the right type.',
  severity: 'error',
  why: 'The API server refuses the object, so Argo CD never hears of it: what it should deploy stays as it is.',
  mend: 'Correct the field; kubectl explain application.spec lists the fields that there are.',
  *run(objects) {
    for (const subject of objects) {
      const model = models[`${subject.object.apiVersion}/${subject.object.kind}`];
      if (model === undefined) continue;
      const { status: _, ...fields } = subject.object;
      const read: Reads = new WeakMap();
      for (const message of problemsOf(() => model.validate.call(watched(fields, read)))) yield { subject, message };
      for (const { path, key } of unread(fields, read, ''))
        yield {
          subject,
          field: member(path, key),
          message: `there is no field "${key}" in ${member(subject.object.kind, path)} of Argo CD 2.14`,
        };
    }
  },
};

/** By kind: what holds its validator, which looks at every field that it knows, and at no other. The constructors would copy, and so look at all. */
const models: Readonly<Record<string, Pick<Application, 'validate'> | undefined>> = {
  'argoproj.io/v1alpha1/Application': Application.prototype,
  'argoproj.io/v1alpha1/AppProject': AppProject.prototype,
};

/** `data/spec must have required property 'destination'`, one line per problem. */
function problemsOf(validate: () => void): readonly string[] {
  try {
    validate();
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message.split(/,? ?\bdata\//).filter((text) => text !== '');
  }
}

/** Members that were looked at, by the map that has them. */
type Reads = WeakMap<object, Set<string>>;

/** A value that remembers which of its members are looked at. */
function watched(value: unknown, reads: Reads): unknown {
  if (Array.isArray(value)) return value.map((item) => watched(item, reads));
  if (!isMap(value)) return value;
  return new Proxy(value, {
    get(target, name) {
      if (typeof name === 'symbol') return Reflect.get(target, name);
      reads.set(target, (reads.get(target) ?? new Set()).add(name));
      return Object.hasOwn(target, name) ? watched(target[name], reads) : undefined;
    },
  });
}

/** Members that nobody looked at, but for maps in which anything may stand: of those, none is looked at. */
function unread(value: unknown, reads: Reads, path: string): readonly { readonly path: string; readonly key: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unread(item, reads, `${path}[${index}]`));
  const known = isMap(value) ? reads.get(value) : undefined;
  if (!isMap(value) || known === undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    // The package drops every property of this name from its schemas, with the descriptions of properties.
    if (key === 'description') return [];
    return known.has(key) ? unread(item, reads, member(path, key)) : [{ path, key }];
  });
}

function member(path: string, key: string): string {
  return [path, key].filter(Boolean).join('.');
}
