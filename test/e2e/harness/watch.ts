import type { ClientRequest } from 'node:http';
import { Agent, request } from 'node:https';
import type { Client } from './client';

/** What every object has by which it is told from others. */
interface Identified {
  readonly metadata: { readonly uid: string; readonly resourceVersion: string };
}

/** A collection that is followed. */
export interface Watch<T> {
  /** What is there now. */
  items(): readonly T[];
  stop(): void;
}

/**
 * Follows a collection: what is there, then every change, until it is stopped. A stream that breaks off is taken up again.
 * @param path of the collection, as `/api/v1/pods`
 * @param seen called for each object that is there, and again when it changes; not when it goes
 */
export async function watch<T extends Identified>(client: Client, path: string, seen: (object: T) => void = () => {}): Promise<Watch<T>> {
  const { ca, cert, key } = client.server;
  const agent = new Agent({ ca, cert, key });
  const items = new Map<string, T>();
  let stopped = false;
  let open: ClientRequest | undefined;

  const change = ({ type, object }: Change<T>): void => {
    if (type === 'DELETED') items.delete(object.metadata.uid);
    else if (type === 'ADDED' || type === 'MODIFIED') {
      items.set(object.metadata.uid, object);
      seen(object);
    }
  };
  const follow = async (): Promise<void> => {
    const { body } = await client.request('GET', path);
    const there = new Set((body.items as T[]).map(({ metadata }) => metadata.uid));
    for (const uid of items.keys()) if (!there.has(uid)) items.delete(uid);
    for (const object of body.items as T[]) change({ type: 'ADDED', object });
    if (stopped) return;
    const authorization = client.server.token === undefined ? {} : { authorization: `Bearer ${client.server.token}` };
    const url = `${client.server.url}${path}?watch=1&resourceVersion=${body.metadata.resourceVersion}`;
    const again = () => {
      if (!stopped) setTimeout(() => void follow().catch(again), 200);
    };
    open = request(url, { agent, headers: { accept: 'application/json', ...authorization } }, (incoming) => {
      let rest = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (!stopped) change(JSON.parse(line) as Change<T>);
      });
      incoming.on('error', () => {});
    });
    open.on('error', () => {});
    open.once('close', again);
    open.end();
  };

  await follow();
  return {
    items: () => [...items.values()],
    stop() {
      stopped = true;
      open?.destroy();
      agent.destroy();
    },
  };
}

interface Change<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'ERROR' | 'BOOKMARK';
  readonly object: T;
}
