import { refuse } from './error';
import { groupOf, type KubeObject } from './object';

/** Whether objects of a kind live in a namespace or in the cluster as a whole. */
export type Scope = 'Namespaced' | 'Cluster';

/** Scope of an object's kind, `undefined` when the kind is not known. */
export type ScopeOf = (object: Pick<KubeObject, 'apiVersion' | 'kind'>) => Scope | undefined;

/** A kind that a CustomResourceDefinition serves; the kinds in `imports/` have this shape. */
export interface KindScope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: Scope;
}

/**
 * Kinds of Kubernetes 1.28 to 1.34 (alpha and beta ones too) and of Argo CD and kustomize, by API group: first the namespaced ones, then the
 * cluster-scoped ones. The scope of a kind has never differed between versions of one group.
 */
const KNOWN: Readonly<Record<string, readonly [namespaced: string, cluster: string]>> = {
  '': [
    'Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
    'ComponentStatus Namespace Node PersistentVolume',
  ],
  'admissionregistration.k8s.io': [
    '',
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ' +
      'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['', 'CustomResourceDefinition'],
  'apiregistration.k8s.io': ['', 'APIService'],
  apps: ['ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet', ''],
  'argoproj.io': ['AppProject Application ApplicationSet', ''],
  'authentication.k8s.io': ['', 'SelfSubjectReview TokenReview'],
  'authorization.k8s.io': ['LocalSubjectAccessReview', 'SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview'],
  autoscaling: ['HorizontalPodAutoscaler', ''],
  batch: ['CronJob Job', ''],
  'certificates.k8s.io': ['PodCertificateRequest', 'CertificateSigningRequest ClusterTrustBundle'],
  'coordination.k8s.io': ['Lease LeaseCandidate', ''],
  'discovery.k8s.io': ['EndpointSlice', ''],
  'events.k8s.io': ['Event', ''],
  'flowcontrol.apiserver.k8s.io': ['', 'FlowSchema PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['', 'StorageVersion'],
  'kustomize.config.k8s.io': ['', 'Kustomization'],
  'networking.k8s.io': ['Ingress NetworkPolicy', 'ClusterCIDR IPAddress IngressClass ServiceCIDR'],
  'node.k8s.io': ['', 'RuntimeClass'],
  policy: ['PodDisruptionBudget', ''],
  'rbac.authorization.k8s.io': ['Role RoleBinding', 'ClusterRole ClusterRoleBinding'],
  'resource.k8s.io': [
    'PodSchedulingContext ResourceClaim ResourceClaimParameters ResourceClaimTemplate ResourceClassParameters',
    'DeviceClass DeviceTaintRule ResourceClass ResourceSlice',
  ],
  'scheduling.k8s.io': ['', 'PriorityClass'],
  'storage.k8s.io': ['CSIStorageCapacity', 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass'],
  'storagemigration.k8s.io': ['', 'StorageVersionMigration'],
};

/**
 * A function that knows the scope of every built-in kind, of Argo CD's kinds, and of the given custom kinds.
 *
 * @throws SynthError when a custom kind contradicts another one or a built-in kind of the same group.
 */
export function scopes(customKinds: readonly KindScope[]): ScopeOf {
  const known = new Map<string, Scope>();
  for (const [group, [namespaced, cluster]] of Object.entries(KNOWN)) {
    for (const kind of namespaced.match(/\S+/g) ?? []) known.set(`${group}/${kind}`, 'Namespaced');
    for (const kind of cluster.match(/\S+/g) ?? []) known.set(`${group}/${kind}`, 'Cluster');
  }
  const problems: string[] = [];
  for (const custom of customKinds) {
    const key = `${groupOf(custom)}/${custom.kind}`;
    const before = known.get(key);
    if (before !== undefined && before !== custom.scope) {
      problems.push(
        `imports/: ${custom.kind} of ${custom.apiVersion} is ${custom.scope}, but the same kind is already known as ${before}. ` +
          "Expected one scope per kind: set it to `spec.scope` of the kind's CustomResourceDefinition.",
      );
    }
    known.set(key, custom.scope);
  }
  refuse(problems);
  return (object) => known.get(`${groupOf(object)}/${object.kind}`);
}
