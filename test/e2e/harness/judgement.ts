import type { Client } from './client';
import { condition, type LivePod, podName } from './live-pod';

/** Pods that neither run ready nor have ended well, and what they wait for. */
export async function stuckPods(client: Client): Promise<readonly string[]> {
  const { body } = await client.request('GET', '/api/v1/pods');
  return (body.items as LivePod[]).flatMap((pod) => {
    const phase = pod.status?.phase ?? 'Pending';
    if (phase === 'Succeeded' || (phase === 'Running' && condition(pod, 'Ready')?.status === 'True')) return [];
    const scheduled = condition(pod, 'PodScheduled');
    const statuses = pod.status?.containerStatuses ?? [];
    const isOfJob = pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') === true;
    const why = [
      ...(scheduled?.status === 'False' ? [scheduled.message] : []),
      ...new Set(statuses.flatMap(({ state }) => state?.waiting?.message ?? [])),
      ...(isOfJob ? statuses.flatMap(({ name, state }) => (state?.running === undefined ? [] : [`container ${name} still runs`])) : []),
    ];
    return [`${podName(pod)}: ${[phase, ...why].join(': ')}`];
  });
}

/** Named ports of Services with a selector that no ready pod answers on. */
export async function deafServices(client: Client): Promise<readonly string[]> {
  const services: readonly Service[] = (await client.request('GET', '/api/v1/services')).body.items;
  const slices: readonly Slice[] = (await client.request('GET', '/apis/discovery.k8s.io/v1/endpointslices')).body.items;
  return services
    .filter(({ spec }) => Object.keys(spec.selector ?? {}).length > 0)
    .flatMap(({ metadata: { namespace, name }, spec }) => {
      const own = slices.filter(
        ({ metadata }) => metadata.namespace === namespace && metadata.labels?.['kubernetes.io/service-name'] === name,
      );
      const answers = (port: string) =>
        own.some(
          ({ ports, endpoints }) =>
            ports?.some((each) => (each.name ?? '') === port) === true &&
            endpoints?.some(({ conditions }) => conditions?.ready === true) === true,
        );
      const deaf = (spec.ports ?? []).filter((port) => !answers(port.name ?? ''));
      return deaf.map(
        (port) => `Service ${namespace}/${name}: port ${port.name ?? port.port} (to ${port.targetPort}) has no ready endpoint`,
      );
    });
}

/** PodDisruptionBudgets that would let nobody drain a node. */
export async function rigidBudgets(client: Client): Promise<readonly string[]> {
  const { body } = await client.request('GET', '/apis/policy/v1/poddisruptionbudgets');
  return (body.items as readonly Budget[]).flatMap(({ metadata: { namespace, name }, status = {} }) =>
    (status.disruptionsAllowed ?? 0) >= 1
      ? []
      : [
          `PodDisruptionBudget ${namespace}/${name} allows no disruption: ${status.currentHealthy ?? 0} of ${status.expectedPods ?? 0} pods are healthy, ${status.desiredHealthy ?? 0} have to be`,
        ],
  );
}

/** DaemonSets that choose no nodes, and so are meant for all, but do not get onto some: a taint that they do not tolerate. */
export async function missedNodes(client: Client): Promise<readonly string[]> {
  const nodes: readonly unknown[] = (await client.request('GET', '/api/v1/nodes')).body.items;
  const { body } = await client.request('GET', '/apis/apps/v1/daemonsets');
  return (body.items as readonly Agents[])
    .filter(({ spec: { template } }) => {
      const { nodeSelector = {}, affinity } = template.spec;
      return affinity?.nodeAffinity === undefined && Object.keys(nodeSelector).every((label) => label === 'kubernetes.io/os');
    })
    .flatMap(({ metadata: { namespace, name }, status = {} }) => {
      const reached = status.desiredNumberScheduled ?? 0;
      return reached === nodes.length ? [] : [`DaemonSet ${namespace}/${name} runs on ${reached} of ${nodes.length} nodes`];
    });
}

interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Service {
  readonly metadata: Named;
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly targetPort: string | number }[];
  };
}

interface Slice {
  readonly metadata: Named;
  readonly ports?: readonly { readonly name?: string }[];
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[];
}

interface Budget {
  readonly metadata: Named;
  readonly status?: Readonly<Partial<Record<'disruptionsAllowed' | 'currentHealthy' | 'desiredHealthy' | 'expectedPods', number>>>;
}

interface Agents {
  readonly metadata: Named;
  readonly spec: {
    readonly template: {
      readonly spec: { readonly nodeSelector?: Readonly<Record<string, string>>; readonly affinity?: { readonly nodeAffinity?: object } };
    };
  };
  readonly status?: { readonly desiredNumberScheduled?: number };
}
