import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { crdsAt, crdsOf, type Source } from './crds';
import { type Document, documentsOf } from './documents';
import { waves } from './order';

/** What Argo CD applies in one go: a wave of an Application. */
export interface Stage {
  /** The Application that carries it; `bootstrap.yaml` for what is applied by hand. */
  readonly application: string;
  /** Where objects go that name no namespace. */
  readonly namespace: string;
  readonly wave: number;
  readonly documents: readonly Document[];
  /** Custom resource definitions that appear here, by the name of their file. */
  readonly crds: readonly string[];
  /** The chart that Argo CD renders here: of its objects nothing is known. @default - none */
  readonly chart?: string;
}

/** The whole of a cluster in the order in which it comes to be. */
export interface Plan {
  /** As `dist/authorworks/dev`. */
  readonly cluster: string;
  readonly stages: readonly Stage[];
  /** Why dist cannot be followed to its end: Applications without a folder, files without an Application. */
  readonly problems: readonly string[];
}

/**
 * Follows a cluster's bootstrap file as its Argo CD would: the roots in the order of the file, their Applications by wave, the objects of
 * each Application by wave. An Application is walked to its end before the next wave starts, as the health check in the bootstrap file
 * makes Argo CD do it.
 * @param root folder that the paths of Applications are relative to: the top of the repository
 * @param cluster the cluster's folder, relative to it
 */
export function planOf(root: string, cluster: string): Plan {
  const stages: Stage[] = [];
  const problems: string[] = [];
  const reached = new Set<string>();

  const read = (file: string): readonly Document[] => {
    reached.add(file);
    return documentsOf(file, readFileSync(join(root, file), 'utf8'));
  };
  const follow = (documents: readonly Document[]): void => {
    for (const { object } of documents) if (isApplication(object)) walk(object as unknown as Application);
  };
  const walk = (application: Application): void => {
    const { name } = application.metadata;
    const { namespace } = application.spec.destination;
    for (const source of application.spec.sources ?? [application.spec.source]) {
      if (!isOurs(source)) {
        const crds = crdsOf(source);
        const { chart } = source;
        const brought = { documents: [], crds: crds === undefined ? [] : [crds], ...(chart === undefined ? {} : { chart }) };
        stages.push({ application: name, namespace, wave: 0, ...brought });
        continue;
      }
      const files = manifestsIn(root, source.path);
      if (files === undefined || files.length === 0) {
        problems.push(`Application ${name}: ${source.path} ${files === undefined ? 'does not exist' : 'holds no manifests'}`);
        continue;
      }
      for (const file of files.filter((file) => reached.has(file)))
        problems.push(`Application ${name}: ${file} belongs to another one already`);
      const documents = files.flatMap(read);
      const built = documents.find(({ object }) => isKustomization(object));
      if (built !== undefined) {
        // Argo CD applies what it names, and nothing else of the folder.
        for (const { source: lost } of documents.filter((each) => each !== built)) problems.push(`${built.source} leaves ${lost} out`);
        const { resources = [] } = built.object as unknown as { readonly resources?: readonly string[] };
        stages.push({ application: name, namespace, wave: 0, documents: [], crds: resources.map(crdsAt) });
        continue;
      }
      for (const wave of waves(documents)) {
        stages.push({ application: name, namespace, wave: wave.number, documents: wave.documents, crds: [] });
        follow(wave.documents);
      }
    }
  };

  const bootstrap = read(join(cluster, 'bootstrap.yaml'));
  stages.push({ application: 'bootstrap.yaml', namespace: 'argocd', wave: 0, documents: bootstrap, crds: [] });
  follow(bootstrap);
  for (const file of filesBelow(root, cluster)) if (!reached.has(file)) problems.push(`${file} is reached by no Application`);
  return { cluster, stages, problems };
}

/** The part of an Argo CD Application that is followed. */
interface Application {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly source: Source; readonly sources?: readonly Source[]; readonly destination: { readonly namespace: string } };
}

function isApplication(object: Document['object']): boolean {
  return object.apiVersion === 'argoproj.io/v1alpha1' && object.kind === 'Application';
}

/** Read by Argo CD itself: it never reaches the API server. */
function isKustomization(object: Document['object']): boolean {
  return object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.config.k8s.io/');
}

function isOurs(source: Source): source is Source & { readonly path: string } {
  return source.path?.startsWith('dist/') === true;
}

/** What Argo CD reads in a folder, without going deeper; `undefined` where there is no such folder. */
function manifestsIn(root: string, path: string): readonly string[] | undefined {
  const folder = join(root, path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name));
  return names.map(({ name }) => join(path, name)).sort();
}

function filesBelow(root: string, path: string): readonly string[] {
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
