import { describe, groupOf, type SourcedObject } from './object';
import type { ScopeOf } from './scope';

/**
 * What is wrong with the identities of all objects of one cluster: no name, an unknown kind, a namespace on a cluster-scoped kind, no
 * namespace on a namespaced one, or two objects with the same group, kind, namespace and name. Versions of one group are the same object.
 */
export function identityProblems(objects: readonly SourcedObject[], scopeOf: ScopeOf): readonly string[] {
  const problems: string[] = [];
  const seen = new Map<string, SourcedObject>();
  for (const sourced of objects) {
    const problem = formProblem(sourced, scopeOf);
    if (problem !== undefined) {
      problems.push(`${place(sourced)}: ${problem}`);
      continue;
    }
    const { object } = sourced;
    const key = [groupOf(object), object.kind, object.metadata.namespace, object.metadata.name].join('\n');
    const other = seen.get(key);
    if (other === undefined) seen.set(key, sourced);
    else {
      problems.push(
        `${place(sourced)}: ${describe(object)} of ${object.apiVersion} is rendered a second time; the first is ${place(other)}. ` +
          'Expected each object once in a cluster, or each would overwrite the other: rename one of them or take it out.',
      );
    }
  }
  return problems;
}

/** Construct path or file, and Application where it is known. */
function place(sourced: SourcedObject): string {
  return sourced.application === undefined ? sourced.source : `${sourced.source} (Application ${sourced.application})`;
}

function formProblem({ object }: SourcedObject, scopeOf: ScopeOf): string | undefined {
  const name: unknown = object.metadata?.name;
  if (typeof object.apiVersion !== 'string' || typeof object.kind !== 'string' || object.apiVersion === '' || object.kind === '') {
    return `found apiVersion ${JSON.stringify(object.apiVersion)} and kind ${JSON.stringify(object.kind)}. Expected both to be text: say what the object is.`;
  }
  if (typeof name !== 'string' || name === '') {
    return (
      `this ${object.kind} has no name: metadata.name is ${JSON.stringify(name) ?? 'missing'}. ` +
      'Expected a name that stays the same in every render (generateName does not): give it metadata.name.'
    );
  }
  const { namespace } = object.metadata;
  const scope = scopeOf(object);
  if (scope === undefined) {
    return (
      `${object.kind} of ${object.apiVersion} is not a known kind, so nothing says whether it has a namespace. ` +
      'Expected a kind of Kubernetes or of imports/: correct apiVersion and kind, or import the kind with `npm run import -- <file or URL of its CRD>`.'
    );
  }
  if (scope === 'Cluster' && namespace !== undefined) {
    return (
      `${object.kind} ${name} has namespace ${JSON.stringify(namespace)}, but the kind is cluster-scoped. ` +
      'Expected no metadata.namespace: take it out (a chart with a `namespace` gives it to every object in it; then say it on the namespaced objects instead).'
    );
  }
  if (scope === 'Namespaced' && (typeof namespace !== 'string' || namespace === '')) {
    return (
      `${object.kind} ${name} has no namespace: metadata.namespace is ${JSON.stringify(namespace) ?? 'missing'}, but the kind is namespaced. ` +
      'Expected one, or the object lands wherever the tool that applies it stands: give it metadata.namespace.'
    );
  }
  return undefined;
}
