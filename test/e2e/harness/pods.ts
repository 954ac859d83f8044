import type { KubeObject } from '../../../synth/object';
import { type Applied, judged } from './apply';
import type { Client } from './client';

/** A pod as the controller of its owner would create it. */
export interface TemplatePod {
  /** The file that the owner came from. */
  readonly source: string;
  readonly namespace: string;
  readonly pod: PodObject;
}

/** The parts of a pod that the harness reads. */
export interface PodObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Pod';
  readonly metadata: {
    readonly generateName: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: PodSpec;
}

/** A pod's spec; the harness adds to its lists and leaves the rest alone. */
export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly priorityClassName?: string;
  readonly containers: readonly Named[];
  readonly initContainers?: readonly Named[];
  readonly volumes?: readonly Named[];
}

/** A container or a volume. */
export interface Named {
  readonly name: string;
  readonly [field: string]: unknown;
}

/**
 * One pod per template among the stored objects: of Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs, CronJobs, Rollouts.
 * Stored, because controllers copy the template with the server's defaults in it.
 */
export function podsOf(applied: readonly Applied[]): readonly TemplatePod[] {
  return applied.flatMap(({ document, stored }) =>
    stored === undefined ? [] : podsOfTemplate(stored).map((pod) => ({ source: document.source, namespace: pod.metadata.namespace, pod })),
  );
}

/** The pod that an object's template makes; none for kinds without one. */
export function podsOfTemplate(object: KubeObject): readonly PodObject[] {
  const template = templateOf(object);
  if (template === undefined) return [];
  const { name, namespace = 'default' } = object.metadata;
  const { labels, annotations } = template.metadata ?? {};
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { generateName: `${name.slice(0, 50)}-`, namespace, labels, annotations },
      spec: { ...template.spec, volumes: [...(template.spec.volumes ?? []), ...claimVolumes(object)] },
    },
  ];
}

/** What the server said of a pod. */
export interface PodAnswer {
  readonly status: number;
  /** Why it was refused; absent when it was not. */
  readonly refusal?: string;
  readonly warnings: readonly string[];
  readonly stored?: { readonly spec: PodSpec };
}

/**
 * Creates a pod as a controller would: a conflict, which the server answers while its own view of a quota is old, is tried again.
 * @param dryRun whether nothing is stored
 */
export async function createPod(
  client: Client,
  { namespace, pod }: Pick<TemplatePod, 'namespace' | 'pod'>,
  dryRun = false,
): Promise<PodAnswer> {
  const path = `/api/v1/namespaces/${namespace}/pods?fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
  for (let tries = 1; ; tries += 1) {
    const answer = await client.request('POST', path, { body: JSON.stringify(pod) });
    if (answer.status !== 409 || tries === 10) return judged(answer) as PodAnswer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Makes the ServiceAccount that a pod gets which names none. The controller manager makes it in every namespace, where one runs. */
export async function ensureDefaultAccount(client: Client, namespace: string): Promise<void> {
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } });
  await client.request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, { body });
}

interface Template {
  readonly metadata?: Pick<PodObject['metadata'], 'labels' | 'annotations'>;
  readonly spec: PodSpec;
}

interface WithTemplate {
  readonly spec?: {
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec: { readonly template: Template } };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

/** Other kinds have a `template` too (an ExternalSecret's, a Certificate's); only one with containers makes pods. */
function templateOf(object: KubeObject): Template | undefined {
  const { spec } = object as WithTemplate;
  const template = spec?.jobTemplate?.spec.template ?? spec?.template;
  return Array.isArray(template?.spec?.containers) ? template : undefined;
}

/** A StatefulSet's controller mounts a claim per template, named after it. */
function claimVolumes(object: KubeObject): readonly Named[] {
  const templates = (object as WithTemplate).spec?.volumeClaimTemplates ?? [];
  return templates.map(({ metadata: { name } }) => ({ name, persistentVolumeClaim: { claimName: `${name}-${object.metadata.name}-0` } }));
}
