import { groupOf, type KubeObject } from '../../synth/object';
import { at, listAt, textAt } from '../at';

/** What an AppProject allows. */
export interface ProjectRules {
  allowsRepository(repoURL: string): boolean;
  allowsDestination(destination: { readonly server?: string; readonly name?: string }, namespace: string): boolean;
  allowsClusterKind(object: KubeObject): boolean;
  allowsNamespacedKind(object: KubeObject): boolean;
}

/** Reads the rules of an AppProject as Argo CD does: globs, `!` denies, an absent list of namespaced kinds allows all, of cluster kinds none. */
export function projectRules(project: KubeObject): ProjectRules {
  const list = (name: string) => listAt(project, 'spec', name);
  const repositories = list('sourceRepos').map(String);
  const destinations = list('destinations');
  const listed = (name: string, object: KubeObject) => list(name).some((entry) => isKind(entry, object));
  return {
    allowsRepository: (repoURL) => allowed(repositories, repoURL, '[^/]*'),
    allowsDestination: ({ server, name }, namespace) => {
      const matching = destinations.filter((entry) => {
        const to = server === undefined ? ['name', name] : ['server', server];
        return glob(String(at(entry, to[0] ?? '') ?? ''), to[1] ?? '');
      });
      return allowed(
        matching.map((entry) => textAt(entry, 'namespace') ?? ''),
        namespace,
      );
    },
    allowsClusterKind: (object) => listed('clusterResourceWhitelist', object) && !listed('clusterResourceBlacklist', object),
    allowsNamespacedKind: (object) =>
      (list('namespaceResourceWhitelist').length === 0 || listed('namespaceResourceWhitelist', object)) &&
      !listed('namespaceResourceBlacklist', object),
  };
}

function isKind(entry: unknown, object: KubeObject): boolean {
  const name = textAt(entry, 'name');
  return (
    glob(textAt(entry, 'group') ?? '', groupOf(object)) &&
    glob(textAt(entry, 'kind') ?? '', object.kind) &&
    (name === undefined || glob(name, object.metadata.name))
  );
}

function allowed(patterns: readonly string[], value: string, star = '.*'): boolean {
  const denied = patterns.some((pattern) => pattern.startsWith('!') && glob(pattern.slice(1), value, star));
  return !denied && patterns.some((pattern) => !pattern.startsWith('!') && glob(pattern, value, star));
}

/** Does a pattern with `*` match all of a value? In repositories a star ends at a slash; alone it is everything. */
function glob(pattern: string, value: string, star = '.*'): boolean {
  if (pattern === '*' || pattern === value) return true;
  if (!pattern.includes('*')) return false;
  const parts = pattern
    .split(/(\*+)/)
    .map((part) => (part === '*' ? star : /^\*+$/.test(part) ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`).test(value);
}
