import { refuse } from './error';
import { describe, groupOf, type KubeObject, type SourcedObject } from './object';

/** A file of one cluster's folder and the object that is in it. */
export interface LaidOut extends SourcedObject {
  /** Relative to the cluster's folder, as `gateway/deployment-authorworks-gateway.yaml`. */
  readonly path: string;
}

/**
 * Kinds that exist in two API groups which a cluster may serve at once. Their files say the group always, whatever else is
 * rendered: otherwise adding one object would rename the file of another.
 */
const KINDS_OF_TWO_GROUPS: ReadonlySet<string> = new Set(['Event', 'HTTPRoute']);

/** Longest file name that common file systems take, in bytes. */
const LONGEST = 255;

/**
 * The file of every object: `<application>/<kind>-<name>.yaml` in lower case, with `<namespace>.` in front when the object lies outside its
 * Application's namespace and `.<group>` behind the kind when two API groups have it; `:` becomes `_`. Sorted by path.
 *
 * @param namespaceOf namespace of an Application, that is the destination namespace of its Argo CD object; `undefined` when all its objects are
 * cluster-scoped or each lies elsewhere
 * @throws SynthError naming the construct paths, when two objects would share a file or a path is not portable.
 */
export function layout(objects: readonly SourcedObject[], namespaceOf: (application: string) => string | undefined): readonly LaidOut[] {
  const problems: string[] = [];
  const byPath = new Map<string, LaidOut>();
  for (const sourced of objects) {
    const { object, application, source } = sourced;
    if (application === undefined) {
      problems.push(
        `${source}: ${describe(object)} belongs to no Application, so it has no folder. Expected every object in the chart of one Application.`,
      );
      continue;
    }
    const file = fileName(object, namespaceOf(application));
    const path = `${application}/${file}`;
    const problem = nameProblem(application) ?? nameProblem(file);
    if (problem !== undefined) problems.push(`${source}: ${describe(object)} would be written to ${JSON.stringify(path)}; ${problem}`);
    // An Application in capitals is refused above, so that paths which differ in case only end up equal here.
    const other = byPath.get(path);
    if (other !== undefined) {
      problems.push(
        `${source}: ${describe(object)} would be written to ${path}, where ${describe(other.object)} from ${other.source} already lies. ` +
          'Expected one file per object, also where case does not count: rename one of them.',
      );
    } else byPath.set(path, { ...sourced, path });
  }
  refuse([...problems, ...unlistedKinds(objects)]);
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fileName(object: KubeObject, home: string | undefined): string {
  const { name, namespace } = object.metadata;
  // The one name under which kustomize, and so Argo CD, looks for it.
  if (object.kind === 'Kustomization' && groupOf(object) === 'kustomize.config.k8s.io') return 'kustomization.yaml';
  const prefix = namespace === undefined || namespace === home ? '' : `${namespace}.`;
  const group = KINDS_OF_TWO_GROUPS.has(object.kind) ? `.${groupOf(object) || 'core'}` : '';
  return `${prefix}${object.kind}${group}-${name}.yaml`.toLowerCase().replaceAll(':', '_');
}

function nameProblem(name: string): string | undefined {
  const stranger = /[^a-z0-9._-]/u.exec(name)?.[0];
  if (stranger !== undefined) {
    return `${JSON.stringify(stranger)} is not portable in a file name. Expected lower-case letters, digits, ".", "-" and ":" only: rename the object or its Application.`;
  }
  if (!/^[a-z0-9]/.test(name)) return 'it does not begin with a letter or a digit. Rename the object or its Application.';
  if (name.length > LONGEST) {
    return `the name has ${name.length} bytes. Expected at most ${LONGEST}: shorten the object's name.`;
  }
  return undefined;
}

/** Kinds that are rendered from two groups but are not in the list above. */
function unlistedKinds(objects: readonly SourcedObject[]): readonly string[] {
  const problems: string[] = [];
  const first = new Map<string, SourcedObject>();
  const reported = new Set<string>();
  for (const sourced of objects) {
    const { kind } = sourced.object;
    const other = first.get(kind);
    if (other === undefined) first.set(kind, sourced);
    else if (!KINDS_OF_TWO_GROUPS.has(kind) && groupOf(other.object) !== groupOf(sourced.object) && !reported.has(kind)) {
      reported.add(kind);
      problems.push(
        `${sourced.source}: ${kind} is of group ${JSON.stringify(groupOf(sourced.object))} here and of ${JSON.stringify(groupOf(other.object))} in ${other.source}. ` +
          'Expected files of such a kind to say the group: add the kind to KINDS_OF_TWO_GROUPS in synth/layout.ts.',
      );
    }
  }
  return problems;
}
