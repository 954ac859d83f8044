import { groupOf, type SourcedObject } from '../../synth/object';
import { listAt, textAt, textsAt } from '../at';

const RBAC = 'rbac.authorization.k8s.io';

/** One rule of a Role or ClusterRole. */
export interface Rule {
  readonly subject: SourcedObject;
  /** Path inside the role, as `rules[0]`. */
  readonly field: string;
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Empty when the rule holds for every name. */
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** Who a binding gives its role to. */
export interface BindingSubject {
  readonly kind: string;
  readonly name: string;
  /** For a ServiceAccount. @default - none */
  readonly namespace?: string;
  /** Path inside the binding, as `subjects[0]`. */
  readonly field: string;
}

export interface Binding {
  readonly subject: SourcedObject;
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly BindingSubject[];
}

export function isRbac(subject: SourcedObject, ...kinds: readonly string[]): boolean {
  return kinds.includes(subject.object.kind) && groupOf(subject.object) === RBAC;
}

/** Rules of one Role or ClusterRole. */
export function rulesOf(subject: SourcedObject): readonly Rule[] {
  if (!isRbac(subject, 'Role', 'ClusterRole')) return [];
  return listAt(subject.object, 'rules').map((rule, i) => ({
    subject,
    field: `rules[${i}]`,
    apiGroups: textsAt(rule, 'apiGroups'),
    resources: textsAt(rule, 'resources'),
    verbs: textsAt(rule, 'verbs'),
    resourceNames: textsAt(rule, 'resourceNames'),
    nonResourceURLs: textsAt(rule, 'nonResourceURLs'),
  }));
}

/** RoleBindings and ClusterRoleBindings. */
export function bindings(objects: readonly SourcedObject[]): readonly Binding[] {
  return objects
    .filter((subject) => isRbac(subject, 'RoleBinding', 'ClusterRoleBinding'))
    .map((subject) => ({
      subject,
      role: { kind: textAt(subject.object, 'roleRef', 'kind') ?? '', name: textAt(subject.object, 'roleRef', 'name') ?? '' },
      subjects: listAt(subject.object, 'subjects').map((entry, i) => {
        const namespace = textAt(entry, 'namespace');
        return {
          kind: textAt(entry, 'kind') ?? '',
          name: textAt(entry, 'name') ?? '',
          field: `subjects[${i}]`,
          ...(namespace === undefined ? {} : { namespace }),
        };
      }),
    }));
}

/** Resources by API group; the core group is the empty string. */
export type Resources = Readonly<Record<string, readonly string[]>>;

/** Which of these resources a rule names (`*` is left to the check of wildcards). */
export function namedResources(rule: Rule, resources: Resources): readonly string[] {
  return Object.entries(resources).flatMap(([group, names]) =>
    rule.apiGroups.includes(group) || rule.apiGroups.includes('*') ? names.filter((name) => rule.resources.includes(name)) : [],
  );
}

/** Which of these verbs a rule gives; `*` gives all and stands for itself. */
export function givenVerbs(rule: Rule, verbs: readonly string[]): readonly string[] {
  return rule.verbs.filter((verb) => verb === '*' || verbs.includes(verb));
}
