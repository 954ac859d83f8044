import type { Container, LivePod } from './live-pod';

/** Names of containers that serve the others and do not end with them, where they are ordinary containers. */
const PROXIES = new Set(['linkerd-proxy', 'istio-proxy']);

/** Where and when a pod runs. */
export interface Place {
  readonly hostIP: string;
  readonly podIP: string;
  /** RFC 3339, by the second. */
  readonly now: string;
}

/** The status of a pod whose containers wait for something that does not exist. */
export function waiting(pod: LivePod, message: string): object {
  const state = { waiting: { reason: 'ContainerCreating', message } };
  return {
    phase: 'Pending',
    conditions: conditions(false),
    containerStatuses: pod.spec.containers.map((container) => ({ ...about(container), ready: false, started: false, state })),
  };
}

/**
 * The status of a pod whose programs do what they should: those of a Job end well, all others serve.
 * As with a real kubelet, a pod ends when all its ordinary containers have; sidecars among the init containers end with them.
 */
export function started(pod: LivePod, place: Place): object {
  const { containers, initContainers = [] } = pod.spec;
  const isJob = pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') === true;
  const ends = ({ name }: Container) => isJob && !PROXIES.has(name);
  const over = containers.every(ends);
  const ready = !containers.some(ends);
  const runs = { running: { startedAt: place.now } };
  const ended = { terminated: { exitCode: 0, reason: 'Completed', startedAt: place.now, finishedAt: place.now } };
  const status = (container: Container, hasEnded: boolean) => ({
    ...about(container),
    ready: !hasEnded,
    started: !hasEnded,
    state: hasEnded ? ended : runs,
  });
  return {
    phase: over ? 'Succeeded' : 'Running',
    startTime: place.now,
    hostIP: place.hostIP,
    podIP: place.podIP,
    podIPs: [{ ip: place.podIP }],
    conditions: conditions(ready, place.now),
    containerStatuses: containers.map((container) => status(container, ends(container))),
    initContainerStatuses: initContainers.map((container) => ({
      ...status(container, over || container.restartPolicy !== 'Always'),
      // An init container that ended well counts as ready.
      ready: true,
    })),
  };
}

/** A status with every container running and none ready. */
export function unready(status: object): object {
  return { ...status, conditions: conditions(false) };
}

function conditions(ready: boolean, now?: string): readonly object[] {
  const time = now === undefined ? {} : { lastTransitionTime: now };
  const status = ready ? 'True' : 'False';
  return [
    { type: 'Initialized', status: 'True', ...time },
    { type: 'ContainersReady', status, ...time },
    { type: 'Ready', status, ...time },
  ];
}

function about({ name, image = '' }: Container): object {
  return { name, image, imageID: '', restartCount: 0 };
}
