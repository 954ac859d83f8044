import type { KubeObject } from '../../../synth/object';
import { type Applied, type Applier, applier } from './apply';
import type { Client } from './client';
import { GIVEN, readCrds } from './crds';
import type { Plan, Stage } from './plan';

/** What became of a cluster's plan. */
export interface Sync {
  /** Every document, in the order in which it was sent; definitions from `CRDS_DIR` too. */
  readonly applied: readonly Applied[];
  /** Namespaces that `CreateNamespace=true` had to make, because dist renders none or renders it later. */
  readonly createdNamespaces: readonly string[];
}

/** How to go through a plan. */
export interface SyncOptions {
  /** Folder of custom resource definitions for the server's line. */
  readonly crds: string;
  /** Components whose definitions stand before the first Application. @default - those of Argo CD */
  readonly given?: readonly string[];
  /** Components whose definitions stand already. @default - none */
  readonly defined?: ReadonlySet<string>;
  /**
   * Called when a stage is applied: the place to wait for health before the next one starts.
   * @default - goes on at once: without controllers nothing becomes healthy
   */
  readonly afterStage?: (stage: Stage, applied: readonly Applied[]) => Promise<void>;
}

/** Applies a plan stage by stage, each document once. What is refused is reported, and the rest goes on. */
export async function sync(client: Client, plan: Plan, options: SyncOptions): Promise<Sync> {
  const to = applier(client);
  const applied: Applied[] = [];
  const createdNamespaces: string[] = [];

  // Argo CD is installed when the bootstrap file is applied.
  await createNamespace(client, 'argocd');
  const isMissing = (component: string) => options.defined?.has(component) !== true;
  for (const component of (options.given ?? GIVEN).filter(isMissing))
    applied.push(...(await define(client, to, options.crds, component, 'Argo CD')));

  for (const stage of plan.stages) {
    if (!rendersNamespace(plan, stage) && (await createNamespace(client, stage.namespace))) createdNamespaces.push(stage.namespace);
    const before = applied.length;
    for (const component of stage.crds.filter(isMissing))
      applied.push(...(await define(client, to, options.crds, component, stage.application)));
    for (const document of stage.documents) applied.push(await to.apply(document, stage.application, stage.namespace));
    await options.afterStage?.(stage, applied.slice(before));
  }
  return { applied, createdNamespaces };
}

/**
 * Applies once more, in the same order, and compares with what the server had just before.
 * @returns what the server wrote again, with its reason where it is a refusal
 */
export async function applyAgain(client: Client, documents: readonly Applied[], plan: Plan): Promise<readonly string[]> {
  const to = applier(client);
  const namespaces = new Map(plan.stages.map(({ application, namespace }) => [application, namespace]));
  const changed: string[] = [];
  // The server notes times by the second; within one, a write that changes nothing else would go unseen.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  for (const { document, application, dryRun } of documents) {
    const namespace = namespaces.get(application) ?? 'default';
    const at = await to.address(document.object, namespace);
    if (dryRun || typeof at === 'string') continue;
    const { metadata: before } = (await client.request('GET', at.path)).body;
    const { stored, refusal } = await to.apply(document, application, namespace);
    const after = stored?.metadata as { readonly resourceVersion?: string; readonly generation?: number } | undefined;
    if (after?.resourceVersion === before.resourceVersion) continue;
    changed.push(
      `${document.source}: ${refusal ?? (after?.generation === before.generation ? 'written again' : 'written again as a new generation')}`,
    );
  }
  return changed;
}

/** Applies definitions and waits until their kinds are served. */
async function define(client: Client, to: Applier, folder: string, component: string, application: string): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  for (const document of readCrds(folder, component)) applied.push(await to.apply(document, application, 'default'));
  for (const { stored } of applied) if (stored !== undefined) await established(client, stored);
  return applied;
}

/** Waits until a kind both answers and is listed in discovery: the two follow the definition at their own pace. */
async function established(client: Client, definition: KubeObject): Promise<void> {
  const { group, names, versions } = definition.spec as unknown as DefinitionSpec;
  const version = `/apis/${group}/${versions.find(({ served }) => served)?.name}`;
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const answers = (await client.request('GET', `${version}/${names.plural}?limit=1`)).status === 200;
    const { body } = await client.request('GET', version);
    if (answers && body.resources?.some(({ name }: { name: string }) => name === names.plural)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`CustomResourceDefinition ${definition.metadata.name}: ${version}/${names.plural} is not served after 60 s`);
}

interface DefinitionSpec {
  readonly group: string;
  readonly names: { readonly plural: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

/** Argo CD does not make a namespace that the Application itself renders. */
function rendersNamespace({ stages }: Plan, { application, namespace }: Stage): boolean {
  return stages.some(
    (each) =>
      each.application === application &&
      each.documents.some(({ object }) => object.kind === 'Namespace' && object.metadata.name === namespace),
  );
}

async function createNamespace(client: Client, name: string): Promise<boolean> {
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return (await client.request('POST', '/api/v1/namespaces', { body })).status === 201;
}
