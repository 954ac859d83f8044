import { groupOf, type KubeObject, type SourcedObject } from '../../synth/object';
import { type Scope, type ScopeOf, scopes } from '../../synth/scope';
import { textAt } from '../at';
import type { Check, Report } from '../check';
import { type ArgoApplication, applicationsOf } from './applications';
import { type ProjectRules, projectRules } from './project-rules';

/** An Application stays within its project. */
export const applicationProject: Check = {
  id: 'application-project',
  title: 'The AppProject of an Argo CD Application allows its sources, its namespaces and all its kinds.',
  severity: 'error',
  why: 'Argo CD refuses the whole sync, not only the object that is not allowed.',
  mend: 'Add it to the lists of the AppProject, or move the object to an Application of another project.',
  *run(objects) {
    const projects = new Map<string, ProjectRules>();
    for (const { object } of objects) {
      if (object.kind === 'AppProject' && groupOf(object) === 'argoproj.io') projects.set(object.metadata.name, projectRules(object));
    }
    const scopeOf = scopesOf(objects);
    for (const application of applicationsOf(objects)) {
      const rules = projects.get(application.project);
      // That a project exists is another check's.
      if (rules !== undefined) yield* violations(application, rules, scopeOf);
    }
  },
};

function* violations(application: ArgoApplication, rules: ProjectRules, scopeOf: ScopeOf): Iterable<Report> {
  const { subject, project, sources, destination, objects } = application;
  for (const { field, repoURL } of sources) {
    if (!rules.allowsRepository(repoURL))
      yield { subject, field: `${field}.repoURL`, message: `project ${project} does not allow the source ${repoURL}` };
  }
  const used = [destination.namespace, ...objects.map(({ object }) => object.metadata.namespace)];
  for (const namespace of new Set(used.filter((name) => name !== undefined))) {
    if (rules.allowsDestination(destination, namespace)) continue;
    const where = destination.server ?? destination.name ?? 'no server';
    yield { subject, field: 'spec.destination', message: `project ${project} does not allow namespace ${namespace} on ${where}` };
  }
  const told = new Set<string>();
  for (const { object, source } of objects) {
    // Argo CD builds with it; it never applies it.
    if (groupOf(object) === 'kustomize.config.k8s.io') continue;
    const cluster = isClusterScoped(object, scopeOf);
    if (cluster ? rules.allowsClusterKind(object) : rules.allowsNamespacedKind(object)) continue;
    const kind = `${groupOf(object) || 'core'}/${object.kind}`;
    if (told.has(kind)) continue;
    told.add(kind);
    const scoped = cluster ? 'cluster-scoped' : 'namespaced';
    yield {
      subject,
      field: 'spec.project',
      message: `project ${project} does not allow the ${scoped} kind ${kind}, as ${object.metadata.name} (${source})`,
    };
  }
}

/** A kind that nothing is known of is taken for what its objects look like. */
function isClusterScoped(object: KubeObject, scopeOf: ScopeOf): boolean {
  return (scopeOf(object) ?? (object.metadata.namespace === undefined ? 'Cluster' : 'Namespaced')) === 'Cluster';
}

/** Scopes of built-in kinds and of those that definitions in the set bring. */
function scopesOf(objects: readonly SourcedObject[]): ScopeOf {
  const builtIn = scopes([]);
  const custom = new Map<string, Scope>();
  for (const { object } of objects) {
    if (object.kind !== 'CustomResourceDefinition') continue;
    const scope = textAt(object, 'spec', 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced';
    custom.set(`${textAt(object, 'spec', 'group')}/${textAt(object, 'spec', 'names', 'kind')}`, scope);
  }
  return (object) => builtIn(object) ?? custom.get(`${groupOf(object)}/${object.kind}`);
}
