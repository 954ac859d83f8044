import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Client } from './client';
import type { ControlPlane } from './control-plane';
import { ensureDefaultAccount, type PodObject } from './pods';
import { isInjected, type LinkerdImages, withProxy } from './proxy';

/** A mutating webhook on loopback that stands for Linkerd's injector. */
export interface Injector {
  /** Takes the webhook out of the cluster and stops serving. */
  stop(): Promise<void>;
}

const NAME = 'linkerd-proxy-injector-webhook-config';
const CONFIGURATION = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

/**
 * Serves the webhook, registers it with the selectors of Linkerd's chart, and waits until the API server asks it.
 * @throws an Error when the API server does not within ten seconds
 */
export async function startInjector(
  { client, serving }: Pick<ControlPlane, 'client' | 'serving'>,
  images: LinkerdImages,
): Promise<Injector> {
  // The API server keeps its connections: one that is closed here while idle may be reset under its next request.
  const server = createServer({ cert: serving.cert, key: serving.key, keepAliveTimeout: 0 }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', () => {
      // Who asks while the cluster is being stopped gets no answer.
      review(client, images, Buffer.concat(chunks).toString('utf8'), outgoing).catch(() => outgoing.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  const injector: Injector = {
    async stop() {
      await client.request('DELETE', `${CONFIGURATION}/${NAME}`);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const registered = await client.request('POST', CONFIGURATION, { body: JSON.stringify(configuration(port, serving.ca)) });
  if (registered.status === 201 && (await isAsked(client))) return injector;
  await injector.stop();
  throw new Error(`the API server does not ask the injector: ${JSON.stringify(registered.body)}`);
}

async function review(client: Client, images: LinkerdImages, text: string, outgoing: ServerResponse): Promise<void> {
  const { request } = JSON.parse(text) as { request: { uid: string; namespace: string; object: PodObject } };
  const namespace = (await client.request('GET', `/api/v1/namespaces/${request.namespace}`)).body.metadata.annotations;
  const patch = isInjected(request.object, namespace)
    ? Object.entries(withProxy(request.object, namespace, images)).map(([list, value]) => ({ op: 'add', path: `/spec/${list}`, value }))
    : [];
  const response = {
    uid: request.uid,
    allowed: true,
    patchType: 'JSONPatch',
    patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
  };
  outgoing.setHeader('content-type', 'application/json');
  outgoing.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response }));
}

function configuration(port: number, ca: string): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: NAME },
    webhooks: [
      {
        name: 'linkerd-proxy-injector.linkerd.io',
        clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: Buffer.from(ca).toString('base64') },
        admissionReviewVersions: ['v1'],
        failurePolicy: 'Fail',
        sideEffects: 'None',
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: 'Namespaced' }],
        namespaceSelector: {
          matchExpressions: [
            { key: 'config.linkerd.io/admission-webhooks', operator: 'NotIn', values: ['disabled'] },
            { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'cert-manager'] },
          ],
        },
        objectSelector: {
          matchExpressions: [
            { key: 'linkerd.io/control-plane-component', operator: 'DoesNotExist' },
            { key: 'linkerd.io/cni-resource', operator: 'DoesNotExist' },
          ],
        },
      },
    ],
  };
}

/** Tries with a pod that asks for injection, in a namespace that every cluster has, until the proxy is in it; nothing is stored. */
async function isAsked(client: Client): Promise<boolean> {
  await ensureDefaultAccount(client, 'default');
  const body = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'injector-', annotations: { 'linkerd.io/inject': 'enabled' } },
    spec: { automountServiceAccountToken: false, containers: [{ name: 'probe', image: 'probe' }] },
  });
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const answer = await client.request('POST', '/api/v1/namespaces/default/pods?dryRun=All', { body });
    if (answer.body.spec?.containers.length === 2) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
