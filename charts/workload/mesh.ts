import type { Cluster } from '../cluster';
import type { Labels } from './labels';

/** Resources of the mesh's proxy in every meshed pod (given by the platform's specification). */
export const PROXY_RESOURCES = { requests: { cpu: '100m', memory: '20Mi' }, limits: { cpu: '1', memory: '250Mi' } } as const;

/** Kubernetes minor from which an init container may run beside the others and end with them (native sidecars, on by default). */
const NATIVE_SIDECARS = 29;

/** Whether pods of this kind get the mesh's proxy. */
export function isMeshed(cluster: Cluster, kind: 'running' | 'job'): boolean {
  return cluster.mesh && (kind === 'running' || minor(cluster.kubernetes) >= NATIVE_SIDECARS);
}

/**
 * Annotations that settle injection for pods of one kind, in a namespace that injects by default.
 * On SIGTERM a proxy refuses new connections at once, in and out, so it has to outlast the program beside it.
 * An ordinary proxy container never ends, so below Kubernetes 1.29 pods of Jobs stay outside the mesh.
 */
export function meshAnnotations(cluster: Cluster, kind: 'running' | 'job', graceSeconds?: number): Labels {
  if (!cluster.mesh) return {};
  if (kind === 'running') {
    return graceSeconds === undefined
      ? {}
      : { 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': String(Math.max(graceSeconds - 5, 0)) };
  }
  return isMeshed(cluster, kind) ? { 'config.alpha.linkerd.io/proxy-enable-native-sidecar': 'true' } : { 'linkerd.io/inject': 'disabled' };
}

/** Number of a Kubernetes minor: 28 for `1.28`. */
export function minor(kubernetes: string): number {
  return Number(kubernetes.split('.')[1]);
}
