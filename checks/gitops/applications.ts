import { groupOf, type SourcedObject } from '../../synth/object';
import { at, listAt, textAt } from '../at';
import { oncePerSet } from '../once';

/** One place that an Argo CD Application reads manifests from. */
export interface ApplicationSource {
  /** Path inside the Application, as `spec.source`. */
  readonly field: string;
  readonly repoURL: string;
  /** Folder in the repository. @default - none: a chart, or only values */
  readonly path?: string;
}

/** An Argo CD Application with the objects that it deploys, as far as they are in the set. */
export interface ArgoApplication {
  readonly subject: SourcedObject;
  readonly name: string;
  readonly project: string;
  readonly destination: { readonly server?: string; readonly name?: string; readonly namespace?: string };
  readonly sources: readonly ApplicationSource[];
  readonly objects: readonly SourcedObject[];
}

/** Applications of a set. */
export const applicationsOf = oncePerSet((objects): readonly ArgoApplication[] => {
  const carried = new Map<string, SourcedObject[]>();
  for (const subject of objects) {
    const application = applicationOf(subject);
    if (application === undefined) continue;
    const list = carried.get(application);
    if (list === undefined) carried.set(application, [subject]);
    else list.push(subject);
  }
  return objects.filter(isApplication).map((subject) => {
    const { object } = subject;
    const destination = at(object, 'spec', 'destination');
    return {
      subject,
      name: object.metadata.name,
      project: textAt(object, 'spec', 'project') ?? 'default',
      destination: {
        server: textAt(destination, 'server'),
        name: textAt(destination, 'name'),
        namespace: textAt(destination, 'namespace'),
      },
      sources: [
        ...source('spec.source', at(object, 'spec', 'source')),
        ...listAt(object, 'spec', 'sources').flatMap((one, i) => source(`spec.sources[${i}]`, one)),
      ],
      objects: carried.get(object.metadata.name) ?? [],
    };
  });
});

/** Name of the Application that carries an object: by its folder or, in objects that Argo CD has applied, by the annotation that it leaves. */
export function applicationOf({ application, object }: SourcedObject): string | undefined {
  return application ?? textAt(object, 'metadata', 'annotations', 'argocd.argoproj.io/tracking-id')?.split(':')[0];
}

/** Is it an Argo CD Application? */
export function isApplication({ object }: SourcedObject): boolean {
  return object.kind === 'Application' && groupOf(object) === 'argoproj.io';
}

function source(field: string, value: unknown): readonly ApplicationSource[] {
  const repoURL = textAt(value, 'repoURL');
  if (repoURL === undefined) return [];
  const path = at(value, 'chart') === undefined ? textAt(value, 'path') : undefined;
  return [{ field, repoURL, ...(path === undefined ? {} : { path }) }];
}
