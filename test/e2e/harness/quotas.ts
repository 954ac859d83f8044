import type { Client } from './client';

/** Resource name to quantity. */
type Resources = Readonly<Record<string, string>>;

/**
 * Makes every ResourceQuota count. The API server enforces a quota by its status, and without a controller manager nobody writes that:
 * so this writes what the controller would write in an empty namespace.
 */
export async function enforceQuotas(client: Client): Promise<void> {
  const { body } = await client.request('GET', '/api/v1/resourcequotas');
  for (const { metadata, spec } of body.items as { metadata: { name: string; namespace: string }; spec: { hard: Resources } }[]) {
    const used = Object.fromEntries(Object.keys(spec.hard).map((resource) => [resource, '0']));
    const path = `/api/v1/namespaces/${metadata.namespace}/resourcequotas/${metadata.name}/status`;
    const answer = await client.request('PATCH', path, {
      body: JSON.stringify({ status: { hard: spec.hard, used } }),
      contentType: 'application/merge-patch+json',
    });
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  }
}
