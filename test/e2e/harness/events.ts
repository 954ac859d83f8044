import type { Client } from './client';
import type { LivePod } from './live-pod';

/** A Warning event that we live with. */
interface HarmlessEvent {
  readonly reason: string;
  readonly kind: string;
  readonly message: RegExp;
  readonly why: string;
}

const NO_PODS_YET = 'An autoscaler says so until the first pod is ready; that it finds metrics in the end is part of its health.';

/** Events of a first start in which nothing is wrong. */
const HARMLESS: readonly HarmlessEvent[] = [
  {
    reason: 'FailedGetResourceMetric',
    kind: 'HorizontalPodAutoscaler',
    message: /no metrics returned|did not receive metrics/,
    why: NO_PODS_YET,
  },
  {
    reason: 'FailedComputeMetricsReplicas',
    kind: 'HorizontalPodAutoscaler',
    message: /no metrics returned|did not receive metrics/,
    why: NO_PODS_YET,
  },
  {
    reason: 'FailedRescale',
    kind: 'HorizontalPodAutoscaler',
    message: /the object has been modified; please apply your changes to the latest version/,
    why: 'Two controllers wrote the same Deployment at once; the autoscaler tries again a second later.',
  },
  {
    reason: 'ProvisioningFailed',
    kind: 'PersistentVolumeClaim',
    message: /^Error saving claim: .*the object has been modified; please apply your changes to the latest version/,
    why: 'The scheduler and the volume controller wrote the same claim at once; that it is bound in the end is part of its health.',
  },
  {
    reason: 'FailedToCreateEndpoint',
    kind: 'Endpoints',
    message: /endpoints "[^"]+" already exists$/,
    why: 'The endpoints controller had made it and not seen it yet; that Services have ready endpoints in the end is asserted.',
  },
];

/**
 * Warning events that are not harmless, each message once per object.
 * @param isAnswered whether a node was on its way when this pod found none; where the pod has a node now, that was no failure
 */
export async function warningEvents(client: Client, isAnswered: (uid: string) => boolean): Promise<readonly string[]> {
  const pods: readonly LivePod[] = (await client.request('GET', '/api/v1/pods')).body.items;
  const waiting = new Set(pods.filter(({ spec }) => spec.nodeName === undefined).map(({ metadata }) => metadata.uid));
  const isHelped = ({ reason, involvedObject: { uid = '' } }: Event) =>
    reason === 'FailedScheduling' && isAnswered(uid) && !waiting.has(uid);
  const isHarmless = ({ reason, message, involvedObject }: Event) =>
    HARMLESS.some((each) => each.reason === reason && each.kind === involvedObject.kind && each.message.test(message));
  const { body } = await client.request('GET', '/api/v1/events');
  const found = (body.items as readonly Event[]).filter((event) => event.type === 'Warning' && !isHelped(event) && !isHarmless(event));
  const texts = found.map(
    ({ reason, message, involvedObject: { kind, namespace, name } }) => `${reason} of ${kind} ${namespace}/${name}: ${message}`,
  );
  return [...new Set(texts)];
}

interface Event {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid?: string };
}
