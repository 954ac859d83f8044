import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rendered } from '../workload/support';

const REFERENCE = join(__dirname, '../../../shared/reference/components.json');

/** Whether the reference data (../shared) is here; tests that need it are skipped where it is absent. */
export const hasReference = existsSync(REFERENCE);

/** One right: a verb on a resource, cluster-wide or in one namespace, of all objects or of one. */
interface Right {
  readonly scope: 'cluster' | 'namespace';
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly name?: string;
}

/** Rights that rendered roles give beyond those of upstream, and rights of upstream that they do not give; each as a line, sorted. */
export interface RbacDifference {
  readonly wider: readonly string[];
  readonly narrower: readonly string[];
}

/**
 * Holds the rules of all rendered roles against those that a component has upstream on a Kubernetes line. In which namespace a Role
 * stands is not compared; that it is a Role and no ClusterRole is.
 */
export function rbacDifference(rendered: readonly Rendered[], component: string, line: string): RbacDifference {
  const { components } = JSON.parse(readFileSync(REFERENCE, 'utf8'));
  const stated = components[component][line];
  const upstream = rightsOf((stated.sameAs === undefined ? stated : components[component][stated.sameAs]).objects);
  if (upstream.length === 0) throw new Error(`the reference has no rules of ${component} for ${line}`);
  const ours = rightsOf(rendered);
  const beyond = (rights: readonly Right[], others: readonly Right[]) =>
    [...new Set(rights.filter((right) => !others.some((other) => covers(other, right))).map(textOf))].sort();
  return { wider: beyond(ours, upstream), narrower: beyond(upstream, ours) };
}

function rightsOf(objects: readonly Rendered[]): readonly Right[] {
  return objects
    .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
    .flatMap(({ kind, rules = [] }) =>
      rules.flatMap(({ apiGroups = ['url'], resources, nonResourceURLs, verbs, resourceNames = [undefined] }: Rendered) =>
        apiGroups.flatMap((group: string) =>
          (resources ?? nonResourceURLs).flatMap((resource: string) =>
            verbs.flatMap((verb: string) =>
              resourceNames.map(
                (name: string | undefined): Right => ({
                  scope: kind === 'Role' ? 'namespace' : 'cluster',
                  group,
                  resource,
                  verb,
                  ...(name === undefined ? {} : { name }),
                }),
              ),
            ),
          ),
        ),
      ),
    );
}

const matches = (pattern: string, value: string): boolean => pattern === '*' || pattern === value;

const covers = (one: Right, other: Right): boolean =>
  (one.scope === 'cluster' || other.scope === 'namespace') &&
  matches(one.group, other.group) &&
  matches(one.resource, other.resource) &&
  matches(one.verb, other.verb) &&
  (one.name === undefined || one.name === other.name);

const textOf = ({ scope, group, resource, verb, name }: Right): string =>
  `${scope}: ${verb} ${group === '' ? '' : `${group}/`}${resource}${name === undefined ? '' : ` ${name}`}`;
