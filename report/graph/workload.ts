import { textAt } from '../../checks/at';
import { scalingOf } from '../../checks/autoscalers';
import type { ClusterFacts } from '../../checks/facts';
import { namespaceOf } from '../../checks/lookup';
import { admit } from '../../checks/placement/admission';
import { podIndex } from '../../checks/pod-index';
import type { PodSpec } from '../../checks/pods';
import { podTemplates } from '../../checks/pods';
import type { PodGroup } from '../../checks/reachability/model';
import type { SourcedObject } from '../../synth/object';
import type { MapNode } from './model';

type Pods = Pick<PodGroup, 'id' | 'namespace' | 'meshed' | 'ports' | 'subject'>;

/** Ports that Linkerd's injector gives to every meshed pod. */
const PROXY_PORTS = ['linkerd-proxy', 'linkerd-admin'];

/** Nodes of the pods that a folder renders, and of those that are known to run beside them. */
export function podNode(pods: Pods, objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): MapNode {
  const { subject } = pods;
  const ports = pods.ports.filter(({ name = '' }) => !PROXY_PORTS.includes(name));
  const common = { id: pods.id, name: nameIn(pods), namespace: pods.namespace, ports, notes: [], common: false };
  if (subject === undefined) return { ...common, type: 'pods', meshed: pods.meshed };
  const spec = podIndex(objects).of(subject)?.spec ?? {};
  return {
    ...common,
    type: 'workload',
    kind: subject.object.kind,
    scale: scaleOf(subject, objects),
    nodeGroup: groupsOf(spec, facts),
    priority: spec.priorityClassName,
    meshed: pods.meshed,
  };
}

/** Nodes of pods on the host's network: no policy is about them, so that they have no edges. */
export function hostNodes(objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): readonly MapNode[] {
  return podTemplates(objects)
    .filter(({ spec }) => spec.hostNetwork === true)
    .map(({ subject }) => {
      const namespace = namespaceOf(subject.object);
      const id = `${namespace}/${subject.object.metadata.name}`;
      const node = podNode({ id, namespace, meshed: false, ports: [], subject }, objects, facts);
      return { ...node, id: `${id} (host network)`, notes: ["on the host's network, where no policy holds"] };
    });
}

function nameIn({ id, namespace }: Pods): string {
  return id.startsWith(`${namespace}/`) ? id.slice(namespace.length + 1) : id;
}

function scaleOf(subject: SourcedObject, objects: readonly SourcedObject[]): string {
  const { object } = subject;
  if (object.kind === 'DaemonSet') return 'every node';
  if (object.kind === 'CronJob') return textAt(object, 'spec', 'schedule') ?? 'no schedule';
  if (object.kind === 'Job') return 'runs once';
  const { min, max } = scalingOf(objects).replicasOf(subject);
  return min === max ? `${min}` : `${min}–${max}`;
}

/** Node groups that take a pod, unless all do; where the groups are not known, what the pod asks for. */
function groupsOf(spec: PodSpec, { nodeGroups }: Partial<ClusterFacts>): string | undefined {
  if (nodeGroups === undefined) {
    const wanted = Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`);
    return wanted.sort().join(', ') || undefined;
  }
  const admitting = nodeGroups.filter((group) => admit(spec, group).refusal === undefined).map(({ name }) => name);
  return admitting.length === nodeGroups.length ? undefined : admitting.sort().join(', ') || 'no node group';
}
