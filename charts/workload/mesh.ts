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
 * An ordinary proxy container never ends, so below Kubernetes 1.29 pods of Jobs stay outside the mesh.
 */
export function meshAnnotations(cluster: Cluster, kind: 'running' | 'job'): Labels {
  if (!cluster.mesh || kind === 'running') return {};
  return isMeshed(cluster, kind) ? { 'config.alpha.linkerd.io/proxy-enable-native-sidecar': 'true' } : { 'linkerd.io/inject': 'disabled' };
}

function minor(kubernetes: string): number {
  return Number(kubernetes.split('.')[1]);
}
