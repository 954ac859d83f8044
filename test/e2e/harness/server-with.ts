import type { Client } from './client';

/** A server in memory, for tests of what asks one: it keeps objects by their path, and takes what is sent. */
export interface ServerWith {
  readonly client: Client;
  /** Objects by path; a test may add some. */
  readonly objects: Record<string, object>;
  /** What was created, with the keys of its data. */
  made(): readonly string[];
}

/** @param given objects that are there, by path */
export function serverWith(given: Readonly<Record<string, object>>): ServerWith {
  const objects: Record<string, object> = { ...given };
  const made: string[] = [];
  return {
    objects,
    made: () => made,
    client: {
      server: { url: 'memory:' },
      async request(method, path, sent) {
        if (method === 'GET') {
          const object = objects[path];
          if (object !== undefined) return { status: 200, body: object, warnings: [] };
          const items = Object.entries(objects).flatMap(([key, each]) => (/^(.*)\/[^/]+$/.exec(key)?.[1] === path ? [each] : []));
          return { status: items.length > 0 || path === '/api/v1/namespaces' ? 200 : 404, body: { items }, warnings: [] };
        }
        const object = JSON.parse(sent?.body ?? '{}') as Sent;
        const at = `${path}/${object.metadata.name}`;
        if (at in objects) return { status: 409, body: {}, warnings: [] };
        const data = { ...object.data, ...object.stringData };
        objects[at] = { ...object, data };
        made.push(`${at}: ${Object.keys(data).sort().join(', ')}`);
        return { status: 201, body: object, warnings: [] };
      },
      close: () => {},
    },
  };
}

interface Sent {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}
