import { groupOf, type Json, type KubeObject } from '../../synth/object';
import type { IgnoreDifference } from './argo-cd';

/**
 * Fields that are rendered and that a controller writes over: Argo CD leaves them alone, in its diff and (by `RespectIgnoreDifferences`)
 * in its syncs. Fields that are not rendered need no entry, since server-side apply and diff look only at what is rendered.
 */
export function ignoreDifferences(objects: readonly KubeObject[]): readonly IgnoreDifference[] {
  const rollouts = objects.filter((object) => object.kind === 'Rollout' && groupOf(object) === 'argoproj.io');
  return objects.flatMap((object) => {
    const jsonPointers = [...caBundles(object), ...scaledDownReplicas(object, rollouts), ...switchedSelector(object, rollouts)];
    if (jsonPointers.length === 0) return [];
    const { name, namespace } = object.metadata;
    return [{ group: groupOf(object), kind: object.kind, name, ...(namespace === undefined ? {} : { namespace }), jsonPointers }];
  });
}

/** cert-manager's cainjector fills these where an annotation of its asks for it. */
const caBundleKinds = new Set(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'CustomResourceDefinition', 'APIService']);
const injectAnnotations = [
  'cert-manager.io/inject-ca-from',
  'cert-manager.io/inject-ca-from-secret',
  'cert-manager.io/inject-apiserver-ca',
];

function caBundles(object: KubeObject): string[] {
  const annotations = object.metadata.annotations ?? {};
  if (!caBundleKinds.has(object.kind) || !injectAnnotations.some((name) => name in annotations)) return [];
  const webhooks = at(object, 'webhooks');
  const paths = [
    ...(Array.isArray(webhooks) ? webhooks.map((_, index) => ['webhooks', String(index), 'clientConfig', 'caBundle']) : []),
    ['spec', 'conversion', 'webhook', 'clientConfig', 'caBundle'],
    ['spec', 'caBundle'],
  ];
  return paths.filter((path) => at(object, ...path) !== undefined).map((path) => `/${path.join('/')}`);
}

/** A Rollout with `workloadRef` scales the Deployment that it takes its pod template from down to nothing. */
function scaledDownReplicas(object: KubeObject, rollouts: readonly KubeObject[]): string[] {
  if (object.kind !== 'Deployment' || at(object, 'spec', 'replicas') === undefined) return [];
  const scaledDown = beside(object, rollouts).some(
    (rollout) =>
      at(rollout, 'spec', 'workloadRef', 'kind') === 'Deployment' && at(rollout, 'spec', 'workloadRef', 'name') === object.metadata.name,
  );
  return scaledDown ? ['/spec/replicas'] : [];
}

const canaryServices = ['canaryService', 'stableService'];
const blueGreenServices = ['activeService', 'previewService'];

/** A Rollout adds a pod template hash to the selectors of its Services; a selector is replaced whole by server-side apply. */
function switchedSelector(object: KubeObject, rollouts: readonly KubeObject[]): string[] {
  if (object.kind !== 'Service' || groupOf(object) !== '' || at(object, 'spec', 'selector') === undefined) return [];
  const switched = beside(object, rollouts).some((rollout) =>
    [
      ...canaryServices.map((field) => at(rollout, 'spec', 'strategy', 'canary', field)),
      ...blueGreenServices.map((field) => at(rollout, 'spec', 'strategy', 'blueGreen', field)),
    ].includes(object.metadata.name),
  );
  return switched ? ['/spec/selector/rollouts-pod-template-hash'] : [];
}

function beside(object: KubeObject, others: readonly KubeObject[]): readonly KubeObject[] {
  return others.filter((other) => other.metadata.namespace === object.metadata.namespace);
}

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, Json | undefined>>)[step] : undefined,
    value,
  );
}
