import type { KubeObject } from '../../../synth/object';
import type { Answer, Client } from './client';
import type { Document } from './documents';

/** What became of one document. */
export interface Applied {
  readonly document: Document;
  /** The Application that carried it. */
  readonly application: string;
  /** HTTP status; 200 and 201 are good. */
  readonly status: number;
  /** Why the server refused it; absent when it did not. */
  readonly refusal?: string;
  readonly warnings: readonly string[];
  /** The object as the server has it now; absent when it was refused. */
  readonly stored?: KubeObject;
  /** Whether it was only tried: nothing here could answer for it. */
  readonly dryRun: boolean;
}

/** Where an object lives on the server. */
export interface Address {
  /** Path of the object. */
  readonly path: string;
  /** Path of its collection, for creating. */
  readonly collection: string;
  /** Path of all objects of its kind, in every namespace. */
  readonly everywhere: string;
}

/** Argo CD's own name, so that the field ownership is the same as in a cluster. */
const MANAGER = 'argocd-controller';

/** With nothing behind them these break what comes after: a webhook that must answer refuses everything, an API without server fails discovery. */
const NO_BACKEND = new Set(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService']);

/** Applies documents to one API server, and remembers which kinds it serves. */
export interface Applier {
  /** Server-side apply of the raw text, with strict field validation. Never throws for what the server refuses. */
  apply(document: Document, application: string, namespace: string): Promise<Applied>;
  /** Path of an object, or why it has none: its kind is not served. */
  address(object: KubeObject, namespace: string): Promise<Address | string>;
}

/** @param client connection to the server that documents go to */
export function applier(client: Client): Applier {
  const served = new Map<string, Resource>();

  const address = async (object: KubeObject, namespace: string): Promise<Address | string> => {
    const { apiVersion, kind } = object;
    const key = `${apiVersion}/${kind}`;
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!served.has(key)) {
      const { status, body } = await client.request('GET', base);
      if (status === 200) for (const each of body.resources) if (!each.name.includes('/')) served.set(`${apiVersion}/${each.kind}`, each);
    }
    const resource = served.get(key);
    if (resource === undefined) return `the server does not serve ${kind} of ${apiVersion}`;
    const inside = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? namespace}` : '';
    const collection = `${base}${inside}/${resource.name}`;
    return { collection, everywhere: `${base}/${resource.name}`, path: `${collection}/${encodeURIComponent(object.metadata.name)}` };
  };

  return {
    address,
    async apply(document, application, namespace) {
      const dryRun = NO_BACKEND.has(document.object.kind);
      const at = await address(document.object, namespace);
      if (typeof at === 'string') return { document, application, status: 404, refusal: at, warnings: [], dryRun };
      const query = `fieldManager=${MANAGER}&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
      const answer = await client.request('PATCH', `${at.path}?${query}`, {
        body: document.text,
        contentType: 'application/apply-patch+yaml',
      });
      return { document, application, ...judged(answer), dryRun };
    },
  };
}

/** Whether the server took an object, and what it said. */
export function judged({ status, body, warnings }: Answer): Pick<Applied, 'status' | 'refusal' | 'warnings' | 'stored'> {
  return status === 200 || status === 201 ? { status, warnings, stored: body } : { status, warnings, refusal: messageOf(body) };
}

function messageOf(body: Answer['body']): string {
  return typeof body === 'string' ? body : (body?.message ?? JSON.stringify(body));
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}
