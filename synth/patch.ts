import { applyPatch, type Operation } from 'rfc6902';
import { refuse } from './error';
import { describe, groupOf, type Json, type JsonObject, type KubeObject, type SourcedObject } from './object';

/** A change of rendered objects, for what no typed field offers. Give `operations`, `merge`, or both (operations come first). */
export interface ObjectPatch {
  readonly kind: string;
  /** `metadata.name`. @default - every object of the kind */
  readonly name?: string;
  /** `metadata.namespace`. @default - any namespace */
  readonly namespace?: string;
  /** JSON patch (RFC 6902): `[{ op: 'replace', path: '/spec/replicas', value: 3 }]`; in a path `/` within a key is `~1`, `~` is `~0`. @default - none */
  readonly operations?: readonly Operation[];
  /** JSON merge patch (RFC 7386): objects merge, `null` takes a member away, everything else replaces. @default - none */
  readonly merge?: JsonObject;
}

/**
 * The objects with the patches applied, one after the other; the given objects stay as they are.
 *
 * @throws SynthError when a patch selects no object, names a place that is not there, changes nothing, or changes what an object is
 * (group, kind, name, namespace).
 */
export function applyPatches(objects: readonly SourcedObject[], patches: readonly ObjectPatch[]): readonly SourcedObject[] {
  const problems: string[] = [];
  const patched = [...objects];
  patches.forEach((patch, number) => {
    const title = `patch ${number + 1} (${selectorText(patch)})`;
    let selected = 0;
    let changed = false;
    patched.forEach((sourced, index) => {
      if (!selects(patch, sourced.object)) return;
      selected += 1;
      const found: string[] = [];
      const object = applyOne(sourced.object, patch, found);
      if (found.length === 0 && !sameIdentity(sourced.object, object)) {
        found.push(
          `makes it ${describe(object)} of ${object.apiVersion}. Expected the same group, kind, name and namespace: change the construct instead.`,
        );
      }
      problems.push(...found.map((problem) => `${title} on ${describe(sourced.object)} (${sourced.source}): ${problem}`));
      if (found.length > 0 || !sameJson(sourced.object, object)) changed = true;
      if (found.length === 0) patched[index] = { ...sourced, object };
    });
    if (selected === 0) problems.push(`${title} selects no object. ${present(objects, patch)}`);
    else if (!changed) {
      problems.push(
        `${title} changes nothing: what it selects already is so. Expected a patch with an effect: take it out, or correct it.`,
      );
    }
  });
  refuse(problems);
  return patched;
}

function selects(patch: ObjectPatch, { kind, metadata }: KubeObject): boolean {
  return (
    kind === patch.kind &&
    (patch.name === undefined || metadata.name === patch.name) &&
    (patch.namespace === undefined || metadata.namespace === patch.namespace)
  );
}

function selectorText({ kind, name = '*', namespace }: ObjectPatch): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** The patched copy; what went wrong is added to `problems`. */
function applyOne(object: KubeObject, patch: ObjectPatch, problems: string[]): KubeObject {
  const copy = JSON.parse(JSON.stringify(object)) as KubeObject;
  for (const operation of patch.operations ?? []) {
    const problem = pathProblem(copy, operation) ?? applyPatch(copy, [operation])[0]?.message;
    if (problem !== undefined) {
      problems.push(
        `${operation.op} ${operation.path}: ${problem}. Expected a place that is in the rendered object: look at its file in dist and correct the path.`,
      );
      return copy;
    }
  }
  return patch.merge === undefined ? copy : (merged(copy, patch.merge, '', problems) as KubeObject);
}

/** What the library lets pass: members of something that is no object, and list positions that are no numbers. */
function pathProblem(object: KubeObject, operation: Operation): string | undefined {
  const { op, path } = operation;
  for (const pointer of 'from' in operation ? [path, operation.from] : [path]) {
    if (!pointer.startsWith('/')) return `${JSON.stringify(pointer)} does not begin with "/"`;
  }
  const keys = path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  let parent: Json | undefined = object;
  for (const key of keys)
    parent = isObject(parent) && Object.hasOwn(parent, key) ? parent[key] : Array.isArray(parent) ? parent[Number(key)] : undefined;
  if (Array.isArray(parent)) {
    return /^(?:0|[1-9]\d*)$/.test(last) || (last === '-' && op !== 'remove' && op !== 'replace' && op !== 'test')
      ? undefined
      : `${JSON.stringify(last)} is no position in a list`;
  }
  return isObject(parent) ? undefined : 'there is no object or list above it';
}

/** RFC 7386, except that taking away what is not there is a problem. */
function merged(target: Json | undefined, patch: Json | undefined, path: string, problems: string[]): Json | undefined {
  if (!isObject(patch)) return patch;
  const result: Record<string, Json | undefined> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (value === null) {
      if (result[key] === undefined)
        problems.push(
          `merge takes away ${here}, which is not there. Expected a member of the rendered object: correct its name, or take the line out.`,
        );
      delete result[key];
    } else if (value !== undefined) result[key] = merged(result[key], value, here, problems);
  }
  return result;
}

/** The objects that a patch without effect may have meant. */
function present(objects: readonly SourcedObject[], patch: ObjectPatch): string {
  const ofKind = objects.filter(({ object }) => object.kind === patch.kind).map(({ object }) => describe(object));
  if (ofKind.length > 0) return `Expected one of: ${ofKind.sort().join(', ')}. Correct its name or namespace, or take the patch out.`;
  const kinds = [...new Set(objects.map(({ object }) => object.kind))].sort();
  return `Nothing of kind ${patch.kind} is rendered; there are objects of ${kinds.length === 0 ? 'no kind' : kinds.join(', ')}. Correct its kind, or take the patch out.`;
}

function sameIdentity(before: KubeObject, after: KubeObject): boolean {
  const identity = (object: KubeObject): string => {
    const { apiVersion, kind, metadata } = object;
    return JSON.stringify([
      typeof apiVersion === 'string' ? groupOf({ apiVersion }) : apiVersion,
      kind,
      metadata?.name,
      metadata?.namespace,
    ]);
  };
  return identity(before) === identity(after);
}

/** Equal but for the order of members. */
function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (Array.isArray(left))
    return Array.isArray(right) && left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  if (!isObject(left) || !isObject(right)) return left === right;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => sameJson(left[key], right[key]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
