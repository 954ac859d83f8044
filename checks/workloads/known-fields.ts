import { k8s } from 'cdk8s-plus-28';
import type { KubeObject } from '../../synth/object';
import { isMap } from '../at';
import type { Check } from '../check';
import { minorOf } from '../kubernetes-minor';

/** The version of Kubernetes whose fields are known here: that of the types. */
const KNOWN = 28;

/** Built-in kinds have the fields of the typed API. */
export const knownFields: Check = {
  id: 'known-fields',
  title: 'Built-in kinds have only fields that Kubernetes knows, with lists and maps where it expects them.',
  severity: 'error',
  needs: ['kubernetes'],
  why: 'A strict API server refuses the object, as Argo CD asks it to; any other drops the field without a word, and nothing does what it says.',
  mend: 'Correct the spelling or the place of the field; kubectl explain lists the fields that there are.',
  *run(objects, { kubernetes }) {
    // A newer server may know more. A patch is then the only way to such a field, and not known to be wrong.
    const severity = (minorOf(kubernetes) ?? KNOWN) > KNOWN ? 'warning' : 'error';
    const origin = severity === 'error' ? '' : ` of Kubernetes 1.${KNOWN}, whose fields are known here; the cluster runs ${kubernetes}`;
    for (const subject of objects) {
      for (const { field, message } of strangers(subject.object)) yield { subject, field, severity, message: `${message}${origin}` };
    }
  },
};

interface Stranger {
  readonly field: string;
  readonly message: string;
}

/** A function that copies the fields that a kind has, and no others. */
type Copy = (value: unknown) => unknown;

/** By `<apiVersion>/<kind>`: the functions with which the types of cdk8s write themselves down. */
const copies: ReadonlyMap<string, Copy> = new Map(
  Object.entries(
    k8s as unknown as Readonly<Record<string, { readonly GVK?: { readonly apiVersion: string; readonly kind: string } }>>,
  ).flatMap(([name, { GVK }]) => {
    const copy = (k8s as unknown as Readonly<Record<string, Copy | undefined>>)[`toJson_${name}Props`];
    return GVK === undefined || copy === undefined ? [] : [[`${GVK.apiVersion}/${GVK.kind}`, copy] as const];
  }),
);

function strangers(object: KubeObject): readonly Stranger[] {
  const copy = copies.get(`${object.apiVersion}/${object.kind}`);
  if (copy === undefined) return [];
  // What every object has beside its fields, and what only the cluster writes.
  const { apiVersion: _, kind, status, ...fields } = object;
  return [...compared(fields, copy(view(fields)), '', kind)];
}

/** Everything of a value that its copy lacks. */
function* compared(value: unknown, copy: unknown, path: string, kind: string): Generator<Stranger> {
  // The copy is the value itself where anything may stand.
  if (value === null || isView(copy) || copy === LEAF) return;
  if (Array.isArray(value) !== Array.isArray(copy) || isMap(value) !== isMap(copy)) {
    yield { field: path, message: `this is ${formOf(value)}, expected ${formOf(copy)}` };
  } else if (Array.isArray(value) && Array.isArray(copy)) {
    for (const [index, item] of value.entries()) yield* compared(item, copy[index], `${path}[${index}]`, kind);
  } else if (isMap(value) && isMap(copy)) {
    for (const [key, item] of Object.entries(value)) {
      const field = path === '' ? key : `${path}.${key}`;
      if (Object.hasOwn(copy, key)) yield* compared(item, copy[key], field, kind);
      else if (item !== null && item !== undefined && !/volumeClaimTemplates\[\d+\]\.(apiVersion|kind|status)$/.test(field))
        yield { field, message: `there is no field "${key}" in ${kind}${path === '' ? '' : ` ${path}`}` };
    }
  }
}

function formOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : 'a text, number or boolean';
}

/** Stands for a text, number or boolean, in any of the forms that the types have for one. */
const LEAF = { value: true, toISOString: () => true, map: () => [] };

const views = new WeakSet<object>();
const isView = (value: unknown): boolean => typeof value === 'object' && value !== null && views.has(value);

/** A value as the types see it: their names for its members, and a stand-in for everything that is neither list nor map. */
function view(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(view);
  if (!isMap(value)) return value === null || value === undefined ? undefined : LEAF;
  const names = new Map(Object.keys(value).map((key) => [typeName(key), key]));
  const seen = new Proxy(value, {
    get: (target, name) => {
      const key = typeof name === 'string' && !Object.hasOwn(target, name) ? names.get(typeName(name)) : name;
      if (typeof key === 'string' && Object.hasOwn(target, key)) return view(target[key]);
      return name === 'map' ? () => [] : undefined;
    },
  });
  views.add(seen);
  return seen;
}

/** Types say `hostIp` and `xKubernetesMapType` for `hostIP` and `x-kubernetes-map-type`. */
function typeName(key: string): string {
  return key.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}
