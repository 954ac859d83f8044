import type { KubeObject } from '../../../synth/object';
import type { Client } from './client';
import { type Condition, condition } from './live-pod';

/** An object on the server, of any kind; numbers of its status are absent while they are 0. */
interface Live {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly generation?: number };
  readonly spec?: { readonly replicas?: number; readonly minReplicas?: number; readonly hard?: object; readonly suspend?: boolean };
  readonly status?: Counts & { readonly conditions?: readonly Condition[]; readonly hard?: object; readonly phase?: string };
}

type Counts = Readonly<
  Partial<
    Record<
      | 'observedGeneration'
      | 'replicas'
      | 'updatedReplicas'
      | 'availableReplicas'
      | 'readyReplicas'
      | 'desiredNumberScheduled'
      | 'updatedNumberScheduled'
      | 'numberReady'
      | 'currentReplicas'
      | 'desiredReplicas',
      number
    >
  >
>;

/** Where the kinds stand that have health, in the order in which they are asked: an autoscaler changes what a Deployment wants. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  ResourceQuota: '/api/v1/resourcequotas',
  PersistentVolumeClaim: '/api/v1/persistentvolumeclaims',
  HorizontalPodAutoscaler: '/apis/autoscaling/v2/horizontalpodautoscalers',
  Job: '/apis/batch/v1/jobs',
  DaemonSet: '/apis/apps/v1/daemonsets',
  StatefulSet: '/apis/apps/v1/statefulsets',
  Deployment: '/apis/apps/v1/deployments',
};

/** What an object lacks to be healthy in the eyes of Argo CD, in words; nothing for kinds without health. */
export function lacks(object: Live): string | undefined {
  const { kind, metadata, spec = {}, status = {} } = object;
  const wanted = spec.replicas ?? 1;
  const failing = (types: readonly string[]) =>
    types.map((type) => ({ type, found: condition(object, type) })).find(({ found }) => found?.status !== 'True');
  const counts = (all: Readonly<Record<string, number | undefined>>, target: number) =>
    Object.entries(all)
      .filter(([, count]) => (count ?? 0) !== target)
      .map(([what, count]) => `${count ?? 0} of ${target} ${what}`)
      .join(', ') || undefined;
  if (['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind) && (status.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    return 'not looked at by its controller yet';
  }
  switch (kind) {
    case 'Deployment':
      return counts({ pods: status.replicas, updated: status.updatedReplicas, available: status.availableReplicas }, wanted);
    case 'StatefulSet':
      return counts({ pods: status.replicas, updated: status.updatedReplicas, ready: status.readyReplicas }, wanted);
    case 'DaemonSet':
      return counts({ updated: status.updatedNumberScheduled, ready: status.numberReady }, status.desiredNumberScheduled ?? 0);
    case 'Job': {
      const failed = condition(object, 'Failed');
      if (failed?.status === 'True') return `failed: ${failed.message}`;
      return spec.suspend === true || condition(object, 'Complete')?.status === 'True' ? undefined : 'not complete';
    }
    case 'PersistentVolumeClaim':
      return status.phase === 'Bound' ? undefined : `${status.phase}`;
    case 'HorizontalPodAutoscaler': {
      const bad = failing(['AbleToScale', 'ScalingActive']);
      if (bad !== undefined) return `${bad.type} is ${bad.found?.status ?? 'not known'}: ${bad.found?.message ?? ''}`;
      const least = Math.max(spec.minReplicas ?? 1, status.desiredReplicas ?? 0);
      return (status.currentReplicas ?? 0) >= least ? undefined : `${status.currentReplicas ?? 0} of at least ${least} pods`;
    }
    case 'ResourceQuota':
      // Until it is counted, the server refuses every pod.
      return status.hard === undefined ? 'not counted yet' : undefined;
    default:
      return undefined;
  }
}

/**
 * What is not healthy, one sentence each.
 * @param only objects to look at; @default - all of the cluster
 */
export async function unhealthy(client: Client, only?: readonly KubeObject[]): Promise<readonly string[]> {
  const wanted = only === undefined ? undefined : new Set(only.map(({ kind, metadata }) => nameOf(kind, metadata)));
  const found: string[] = [];
  for (const [kind, collection] of Object.entries(COLLECTIONS)) {
    if (only !== undefined && !only.some((object) => object.kind === kind)) continue;
    const { body } = await client.request('GET', collection);
    for (const item of body.items as Live[]) {
      const name = nameOf(kind, item.metadata);
      const reason = wanted === undefined || wanted.has(name) ? lacks({ ...item, kind }) : undefined;
      if (reason !== undefined) found.push(`${name}: ${reason}`);
    }
  }
  return found;
}

function nameOf(kind: string, { namespace = 'default', name }: { readonly namespace?: string; readonly name: string }): string {
  return `${kind} ${namespace}/${name}`;
}
