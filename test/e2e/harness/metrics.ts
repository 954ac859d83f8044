import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { parseQuantity } from '../../../checks/quantity';
import type { KubeObject } from '../../../synth/object';
import type { Client } from './client';
import type { ControlPlane } from './control-plane';
import { condition, type LivePod } from './live-pod';

const GROUP = 'metrics.k8s.io';
const VERSION = `${GROUP}/v1beta1`;

const STAND_IN = 'metrics-stand-in';

/** Pods at rest use this part of what they request, so autoscalers stay at their minimum. */
const USED = 0.1;

/** Plays metrics-server. */
export interface Metrics {
  /**
   * Registers it with the API server: where metrics-server itself would be.
   * @throws (rejects) with an Error when the API server does not ask it within twenty seconds
   */
  serve(): Promise<void>;
  stop(): void;
}

/**
 * Serves the metrics of pods as metrics-server does, through the API server, so that HorizontalPodAutoscalers find what they need, or
 * say that they do not.
 * @param pods those that are there now
 */
export async function startMetrics({ client, serving }: ControlPlane, pods: () => readonly LivePod[]): Promise<Metrics> {
  // The API server keeps its connections: one that is closed here while idle may be reset under its next request.
  const server = createServer({ cert: serving.cert, key: serving.key, keepAliveTimeout: 0 }, ({ url = '' }, outgoing) =>
    answer(url, outgoing, pods()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const serve = async () => {
    await register(client, port);
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      if ((await client.request('GET', `/apis/${VERSION}/pods`)).status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the API server does not serve ${VERSION} after 20 s`);
  };
  return { serve, stop };
}

/** Whether an object is what tells the API server of metrics-server. */
export const isMetricsApi = ({ kind, metadata }: KubeObject): boolean => kind === 'APIService' && metadata.name === `v1beta1.${GROUP}`;

/**
 * A Service of type ExternalName is the one way in which the API server reaches an address of loopback. It is not named as that of
 * metrics-server itself, which a cluster may have.
 */
async function register(client: Client, port: number): Promise<void> {
  const service = {
    metadata: { name: STAND_IN },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  };
  const api = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `v1beta1.${GROUP}` },
    spec: {
      group: GROUP,
      version: 'v1beta1',
      service: { name: STAND_IN, namespace: 'kube-system', port },
      insecureSkipTLSVerify: true,
      groupPriorityMinimum: 100,
      versionPriority: 100,
    },
  };
  await client.request('POST', '/api/v1/namespaces/kube-system/services', { body: JSON.stringify(service) });
  await client.request('POST', '/apis/apiregistration.k8s.io/v1/apiservices', { body: JSON.stringify(api) });
}

function answer(url: string, outgoing: ServerResponse, pods: readonly LivePod[]): void {
  const { pathname, searchParams } = new URL(url, 'https://localhost');
  const within = new RegExp(`^/apis/${VERSION}(?:/namespaces/([^/]+))?/pods$`).exec(pathname);
  const body = within === null ? discovery(pathname) : list(pods, within[1], searchParams.get('labelSelector') ?? '');
  outgoing.statusCode = body === undefined ? 404 : 200;
  outgoing.setHeader('content-type', 'application/json');
  outgoing.end(JSON.stringify(body ?? {}));
}

function discovery(pathname: string): object | undefined {
  if (pathname !== `/apis/${VERSION}`) return undefined;
  const resources = [{ name: 'pods', singularName: 'pod', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }];
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: VERSION, resources };
}

/** @param selector as `app=web,tier=front`: the form in which autoscalers send the selector of what they scale */
function list(pods: readonly LivePod[], namespace: string | undefined, selector: string): object {
  const wanted = selector.split(',').flatMap((part) => (part === '' ? [] : [part.split(/==?/)]));
  const selected = pods.filter(
    (pod) =>
      (namespace === undefined || pod.metadata.namespace === namespace) &&
      condition(pod, 'Ready')?.status === 'True' &&
      wanted.every(([key = '', value]) => pod.metadata.labels?.[key] === value),
  );
  return { kind: 'PodMetricsList', apiVersion: VERSION, metadata: {}, items: selected.map(metricsOf) };
}

function metricsOf({ metadata: { name, namespace }, spec }: LivePod): object {
  return {
    metadata: { name, namespace },
    timestamp: new Date().toISOString(),
    window: '1s',
    containers: [...spec.containers, ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')].map(
      (container) => ({ name: container.name, usage: usage(container.resources?.requests) }),
    ),
  };
}

function usage(requests: Readonly<Record<string, string>> = {}): object {
  const part = (resource: string) => (parseQuantity(requests[resource] ?? '') ?? 0) * USED;
  return { cpu: `${Math.round(part('cpu') * 1e9)}n`, memory: `${Math.round(part('memory') / 1024)}Ki` };
}
