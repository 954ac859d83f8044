import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Objects, Rendered } from '../workload/support';

const FACTS = join(__dirname, '../../../shared/reference/components.json');

/** Whether the facts are at hand; tests that use them are skipped where they are not. */
export const hasRbacFacts = existsSync(FACTS);

/** One thing that an account may do: `"patch apps deployments web"`; a name stands where the rule limits it to one. */
export type Right = string;

interface Bound {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly rules?: Rendered[];
  readonly subjects?: Rendered[];
  readonly roleRef?: Rendered;
}

/** Rights of one ServiceAccount, from roles and bindings. `scope` tells rights in a namespace from those in all. */
function rightsOf(objects: readonly Bound[], account: string): ReadonlySet<Right> {
  const rights = new Set<Right>();
  for (const binding of objects) {
    if (!binding.kind.endsWith('RoleBinding') || !(binding.subjects ?? []).some(({ name }: Rendered) => name === account)) continue;
    const role = objects.find(
      ({ kind, name, namespace }) =>
        kind === binding.roleRef?.kind && name === binding.roleRef.name && (kind === 'ClusterRole' || namespace === binding.namespace),
    );
    const scope = binding.kind === 'ClusterRoleBinding' ? 'cluster' : 'namespace';
    for (const { apiGroups = [], resources = [], verbs = [], resourceNames = [''] } of role?.rules ?? []) {
      for (const group of apiGroups)
        for (const resource of resources)
          for (const verb of verbs) for (const name of resourceNames) rights.add(`${scope} ${verb} ${group}/${resource} ${name}`.trim());
    }
  }
  return rights;
}

/**
 * Rights that upstream grants an account, in one line. Roles in several namespaces count alike: `namespace`.
 * @param component - key in the reference
 */
export function upstreamRights(component: string, line: '1.28' | '1.34', account: string): ReadonlySet<Right> {
  const { components } = JSON.parse(readFileSync(FACTS, 'utf8')) as Rendered;
  const entry = components[component];
  const { objects } = entry[line].objects === undefined ? entry[entry[line].sameAs] : entry[line];
  return rightsOf(objects, account);
}

/** Rights that rendered objects grant an account. */
export function renderedRights({ all }: Objects, account: string): ReadonlySet<Right> {
  return rightsOf(
    all.map(({ kind, metadata, rules, subjects, roleRef }) => ({
      kind,
      name: metadata.name,
      namespace: metadata.namespace,
      rules,
      subjects,
      roleRef,
    })),
    account,
  );
}

/** What one grants and the other does not, sorted. */
export const missingFrom = (one: ReadonlySet<Right>, other: ReadonlySet<Right>): readonly Right[] =>
  [...one].filter((right) => !other.has(right)).sort();
