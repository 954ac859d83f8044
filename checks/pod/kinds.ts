import { at } from '../at';
import type { PodContainer, PodTemplate } from '../pods';

const LONG_RUNNING = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Rollout'];

/** Are the pods of a template meant to run until they are replaced? */
export function isLongRunning({ subject }: PodTemplate): boolean {
  return LONG_RUNNING.includes(subject.object.kind);
}

/** Are they meant to end? */
export function isJob({ subject }: PodTemplate): boolean {
  return subject.object.kind === 'Job' || subject.object.kind === 'CronJob';
}

/** An init container that keeps running beside the others. */
export function isNativeSidecar({ init, container }: PodContainer): boolean {
  return init && at(container, 'restartPolicy') === 'Always';
}

/** Is the object a hook of Argo CD or Helm, which they make and delete? */
export function isHook({ subject }: PodTemplate): boolean {
  const annotations = subject.object.metadata.annotations ?? {};
  return annotations['argocd.argoproj.io/hook'] !== undefined || annotations['helm.sh/hook'] !== undefined;
}
