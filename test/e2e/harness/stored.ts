import { type KubeObject, describe as name, type SourcedObject } from '../../../synth/object';
import { type Applied, applier } from './apply';
import type { Client } from './client';

/** Everything that the server has of the kinds that were applied, whoever made it: as it would be read back from any cluster. */
export async function storedObjects(client: Client, applied: readonly Applied[]): Promise<readonly SourcedObject[]> {
  const to = applier(client);
  const collections = new Map<string, Pick<KubeObject, 'apiVersion' | 'kind'>>();
  for (const { document, dryRun } of applied) {
    const { apiVersion, kind } = document.object;
    const at = await to.address(document.object, 'default');
    if (!dryRun && typeof at !== 'string') collections.set(at.everywhere, { apiVersion, kind });
  }
  const objects: SourcedObject[] = [];
  for (const [path, kind] of collections) {
    const { status, body } = await client.request('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    // Items of a list do not repeat their kind.
    for (const item of body.items as readonly KubeObject[]) {
      const object = { ...item, ...kind };
      objects.push({ object, source: name(object) });
    }
  }
  return objects;
}
