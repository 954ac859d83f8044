import { describe, groupOf, type KubeObject } from '../../../synth/object';
import { annotation, type Document } from './documents';
import type { Plan } from './plan';

/** An object that one dist has and the next one has not, and what Argo CD does about it. */
export interface Gone {
  readonly document: Document;
  /** The Application that carried it. */
  readonly application: string;
  readonly fate: 'pruned' | 'left';
  readonly why: string;
}

/** What a plan has that the next one has not, with what Argo CD does about it: by what its Application and the object itself say of pruning. */
export function goneBetween(before: Plan, after: Plan): readonly Gone[] {
  const stays = new Set(carriedBy(after).map(({ document }) => identity(document.object)));
  const now = applicationsOf(after);
  const then = applicationsOf(before);
  const gone = carriedBy(before).filter(({ document }) => !stays.has(identity(document.object)));
  const fateOf = ({ document, application }: Carried): Pick<Gone, 'fate' | 'why'> => {
    const { object } = document;
    const options = (annotation(object, 'argocd.argoproj.io/sync-options') ?? '').split(',').map((option) => option.trim());
    const left = (why: string) => ({ fate: 'left', why }) as const;
    if (annotation(object, 'argocd.argoproj.io/hook') !== undefined)
      return left('a hook is made anew or deleted by its own policy, and never pruned');
    const current = now.get(application);
    if (application === BY_HAND) return left('what is applied by hand is not watched');
    if (current !== undefined) {
      if (options.includes('Prune=false')) return left('Prune=false');
      if (options.includes('Prune=confirm')) return left('Prune=confirm: until somebody confirms it');
      return prunes(current) ? { fate: 'pruned', why: 'its Application prunes' } : left('its Application does not prune by itself');
    }
    // Its Application is gone as well.
    const parent = carriedBy(before).find((each) => each.document.object === then.get(application));
    const of = parent === undefined ? left('') : fateOf(parent);
    if (of.fate === 'left') return left(`Application ${application} is left, too`);
    if (!hasFinalizer(then.get(application))) return left(`Application ${application} goes, and leaves what it deployed`);
    return options.includes('Delete=false')
      ? left('Delete=false')
      : { fate: 'pruned', why: `Application ${application} goes, with what it deployed` };
  };
  return gone.map((each) => ({ ...each, ...fateOf(each) }));
}

/** How a report names what is gone. */
export function goneText({ document, application, fate, why }: Gone): string {
  return `${fate.padEnd(6)} ${describe(document.object)} of ${application}: ${why}`;
}

interface Carried {
  readonly document: Document;
  readonly application: string;
}

/** The stage of a plan that no Application carries. */
const BY_HAND = 'bootstrap.yaml';

function carriedBy({ stages }: Plan): readonly Carried[] {
  return stages.flatMap(({ application, documents }) => documents.map((document) => ({ document, application })));
}

function applicationsOf(plan: Plan): ReadonlyMap<string, KubeObject> {
  const applications = carriedBy(plan).flatMap(({ document: { object } }) =>
    object.kind === 'Application' && groupOf(object) === 'argoproj.io' ? [[object.metadata.name, object] as const] : [],
  );
  return new Map(applications);
}

function prunes(application: KubeObject): boolean {
  const { automated } = (application.spec as { readonly syncPolicy?: { readonly automated?: Automated } }).syncPolicy ?? {};
  return automated?.prune === true && automated.enabled !== false;
}

interface Automated {
  readonly prune?: boolean;
  readonly enabled?: boolean;
}

/** Without it Argo CD forgets what the Application deployed. */
function hasFinalizer(application: KubeObject | undefined): boolean {
  const finalizers = (application?.metadata as { readonly finalizers?: readonly string[] } | undefined)?.finalizers;
  return finalizers?.some((finalizer) => finalizer.startsWith('resources-finalizer.argocd.argoproj.io')) === true;
}

/** What makes two objects one, whatever version they are written in. */
function identity(object: KubeObject): string {
  return JSON.stringify([groupOf(object), object.kind, object.metadata.namespace ?? '', object.metadata.name]);
}
