import type { Client } from './client';
import type { LivePod } from './live-pod';
import type { Network } from './network';
import type { Nodes } from './nodes';
import { started, unready, waiting } from './pod-status';
import { deafProbes, missingOf } from './references';

/** Stands for the kubelets of all nodes: nothing runs, but the server is told what would. */
export interface Kubelet {
  /** Looks at a pod; called whenever one changes. */
  see(pod: LivePod): void;
  stop(): void;
}

/** How often a pod that cannot start is tried again. */
const RETRY_MS = 200;

/** How long something may be missing before the kubelet complains: External Secrets needs a moment. */
const PATIENCE_MS = 3_000;

/**
 * Takes pods that have a node: waits for what they refer to, then tells the server that they run and are ready, or, of a Job, that they
 * have ended; removes those that are being deleted.
 */
export function kubelet(client: Client, nodes: Nodes, network: Network): Kubelet {
  const taken = new Set<string>();
  const removed = new Set<string>();
  let stopped = false;

  const path = ({ metadata: { namespace, name } }: LivePod) => `/api/v1/namespaces/${namespace}/pods/${name}`;
  const tell = (pod: LivePod, status: object) =>
    client.request('PATCH', `${path(pod)}/status`, {
      body: JSON.stringify({ metadata: { uid: pod.metadata.uid }, status }),
      contentType: 'application/strategic-merge-patch+json',
    });
  const remove = (pod: LivePod) => {
    const body = JSON.stringify({ gracePeriodSeconds: 0, preconditions: { uid: pod.metadata.uid } });
    return client.request('DELETE', path(pod), { body });
  };
  const gone = ({ metadata: { uid } }: LivePod) => stopped || removed.has(uid);

  const run = async (pod: LivePod): Promise<void> => {
    const node = nodes.get(pod.spec.nodeName ?? '');
    if (node === undefined) return;
    let told = false;
    for (const since = Date.now(); !gone(pod); ) {
      const missing = await missingOf(client, pod);
      if (missing.length === 0) break;
      if (!told && Date.now() - since > PATIENCE_MS) {
        told = true;
        await tell(pod, waiting(pod, missing.join('; ')));
        await complain(client, pod, 'FailedMount', missing.join('; '));
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    if (gone(pod)) return;
    const podIP = pod.spec.hostNetwork === true ? node.address : network.next(node.zone);
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const status = started(pod, { hostIP: node.address, podIP, now });
    const deaf = deafProbes(pod.spec);
    await tell(pod, deaf.length === 0 ? status : unready(status));
    if (deaf.length > 0) await complain(client, pod, 'Unhealthy', deaf.join('; '));
  };

  return {
    see(pod) {
      const { uid, deletionTimestamp } = pod.metadata;
      if (stopped || pod.spec.nodeName === undefined) return;
      if (deletionTimestamp !== undefined) {
        if (!removed.has(uid)) void remove(pod).catch(() => {});
        removed.add(uid);
      } else if (!taken.has(uid)) {
        taken.add(uid);
        // Whoever stops the cluster meanwhile is not to hear of it; else a pod that is never told of is found as not ready.
        void run(pod).catch(() => {});
      }
    },
    stop() {
      stopped = true;
    },
  };
}

/** A Warning event about a pod. */
async function complain(client: Client, { metadata: { name, namespace, uid } }: LivePod, reason: string, message: string): Promise<void> {
  const now = new Date().toISOString();
  const event = {
    metadata: { generateName: `${name}.`, namespace },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid },
    type: 'Warning',
    reason,
    message,
    source: { component: 'kubelet' },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
  await client.request('POST', `/api/v1/namespaces/${namespace}/events`, { body: JSON.stringify(event) });
}
