import { Agent, request } from 'node:https';

/** Where an API server is and how to prove who asks. Certificates and keys are PEM texts. */
export interface Server {
  /** As `https://127.0.0.1:6443`, possibly with a path. */
  readonly url: string;
  readonly ca?: string;
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** What the API server said. */
export interface Answer {
  readonly status: number;
  /** The body as parsed JSON; a string where it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server sends; tests ask for places that Kubernetes defines
  readonly body: any;
  /** The texts of its `Warning` headers. */
  readonly warnings: readonly string[];
}

/** What a request sends. */
export interface Sent {
  readonly body: string;
  /** @default - application/json */
  readonly contentType?: string;
}

/** The part of HTTP that the Kubernetes API needs. */
export interface Client {
  readonly server: Server;
  /** @throws (rejects) only when the server cannot be reached; a refusal is an answer */
  request(method: string, path: string, sent?: Sent): Promise<Answer>;
  close(): void;
}

/** A client that keeps its connections; close it, or the process lingers. */
export function connect(server: Server): Client {
  const { ca, cert, key } = server;
  const agent = new Agent({ keepAlive: true, ca, cert, key });
  return {
    server,
    request(method, path, sent) {
      const headers: Record<string, string | number> = { accept: 'application/json' };
      if (server.token !== undefined) headers.authorization = `Bearer ${server.token}`;
      if (sent !== undefined) {
        headers['content-type'] = sent.contentType ?? 'application/json';
        headers['content-length'] = Buffer.byteLength(sent.body);
      }
      return new Promise((resolve, reject) => {
        const outgoing = request(server.url + path, { method, agent, headers, timeout: 60_000 }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.once('error', reject);
          incoming.once('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: incoming.statusCode ?? 0, body: parsed(text), warnings: warningsOf(incoming.rawHeaders) });
          });
        });
        outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path} within 60 s`)));
        outgoing.once('error', reject);
        outgoing.end(sent?.body);
      });
    },
    close: () => agent.destroy(),
  };
}

/** The texts of the `Warning` headers among raw ones: `299 - "spec.x is deprecated"`. Raw, because Node joins equal headers with commas. */
export function warningsOf(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.flatMap((name, index) => {
    if (index % 2 === 1 || name.toLowerCase() !== 'warning') return [];
    const value = rawHeaders[index + 1] ?? '';
    const text = /^\d{3} \S+ "(.*)"$/s.exec(value)?.[1];
    return [text === undefined ? value : text.replace(/\\(.)/gs, '$1')];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
