/** Minors of Kubernetes 1 between which a version of an API is served by default. */
export interface Served {
  /** First minor. @default - older than any cluster that matters */
  readonly since?: number;
  /** First minor that warns. @default - not deprecated */
  readonly deprecated?: number;
  /** First minor that does not serve it any more. @default - still served */
  readonly removed?: number;
}

const always: Served = {};
const until = (removed: number): Served => ({ removed });
const since = (minor: number): Served => ({ since: minor });

const APPS = { 'extensions/v1beta1': until(16), 'apps/v1beta1': until(16), 'apps/v1beta2': until(16), 'apps/v1': always };
const RBAC = {
  'rbac.authorization.k8s.io/v1alpha1': until(22),
  'rbac.authorization.k8s.io/v1beta1': until(22),
  'rbac.authorization.k8s.io/v1': always,
};
const WEBHOOKS = { 'admissionregistration.k8s.io/v1beta1': until(22), 'admissionregistration.k8s.io/v1': always };
const ADMISSION_POLICY = { 'admissionregistration.k8s.io/v1': since(30) };
const STORAGE = { 'storage.k8s.io/v1beta1': until(22), 'storage.k8s.io/v1': always };
const FLOW_CONTROL = {
  'flowcontrol.apiserver.k8s.io/v1beta1': until(26),
  'flowcontrol.apiserver.k8s.io/v1beta2': { since: 23, deprecated: 26, removed: 29 },
  'flowcontrol.apiserver.k8s.io/v1beta3': { since: 26, deprecated: 29, removed: 32 },
  'flowcontrol.apiserver.k8s.io/v1': since(29),
};
const ADDRESSES = { 'networking.k8s.io/v1beta1': since(31), 'networking.k8s.io/v1': since(33) };
const CORE = { v1: always };

/** Every version in which a built-in kind was ever served, the one to use last. */
export const API_VERSIONS: Readonly<Record<string, Readonly<Record<string, Served>>>> = {
  Deployment: APPS,
  StatefulSet: APPS,
  DaemonSet: APPS,
  ReplicaSet: APPS,
  ControllerRevision: { 'apps/v1beta1': until(16), 'apps/v1beta2': until(16), 'apps/v1': always },
  Job: { 'batch/v1': always },
  CronJob: { 'batch/v2alpha1': until(21), 'batch/v1beta1': { deprecated: 21, removed: 25 }, 'batch/v1': since(21) },
  HorizontalPodAutoscaler: {
    'autoscaling/v2beta1': { deprecated: 22, removed: 25 },
    'autoscaling/v2beta2': { deprecated: 23, removed: 26 },
    'autoscaling/v1': always,
    'autoscaling/v2': since(23),
  },
  PodDisruptionBudget: { 'policy/v1beta1': { deprecated: 21, removed: 25 }, 'policy/v1': since(21) },
  PodSecurityPolicy: { 'extensions/v1beta1': until(16), 'policy/v1beta1': { deprecated: 21, removed: 25 } },
  Ingress: {
    'extensions/v1beta1': { deprecated: 14, removed: 22 },
    'networking.k8s.io/v1beta1': { deprecated: 19, removed: 22 },
    'networking.k8s.io/v1': since(19),
  },
  IngressClass: { 'networking.k8s.io/v1beta1': { deprecated: 19, removed: 22 }, 'networking.k8s.io/v1': since(19) },
  NetworkPolicy: { 'extensions/v1beta1': until(16), 'networking.k8s.io/v1': always },
  IPAddress: ADDRESSES,
  ServiceCIDR: ADDRESSES,
  Role: RBAC,
  RoleBinding: RBAC,
  ClusterRole: RBAC,
  ClusterRoleBinding: RBAC,
  MutatingWebhookConfiguration: WEBHOOKS,
  ValidatingWebhookConfiguration: WEBHOOKS,
  ValidatingAdmissionPolicy: ADMISSION_POLICY,
  ValidatingAdmissionPolicyBinding: ADMISSION_POLICY,
  CustomResourceDefinition: { 'apiextensions.k8s.io/v1beta1': until(22), 'apiextensions.k8s.io/v1': always },
  APIService: { 'apiregistration.k8s.io/v1beta1': until(22), 'apiregistration.k8s.io/v1': always },
  CertificateSigningRequest: { 'certificates.k8s.io/v1beta1': until(22), 'certificates.k8s.io/v1': since(19) },
  Lease: { 'coordination.k8s.io/v1beta1': until(22), 'coordination.k8s.io/v1': always },
  PriorityClass: { 'scheduling.k8s.io/v1alpha1': until(22), 'scheduling.k8s.io/v1beta1': until(22), 'scheduling.k8s.io/v1': always },
  StorageClass: STORAGE,
  VolumeAttachment: STORAGE,
  CSIDriver: STORAGE,
  CSINode: STORAGE,
  CSIStorageCapacity: { 'storage.k8s.io/v1beta1': { since: 21, deprecated: 24, removed: 27 }, 'storage.k8s.io/v1': since(24) },
  VolumeAttributesClass: { 'storage.k8s.io/v1': since(34) },
  RuntimeClass: { 'node.k8s.io/v1beta1': { deprecated: 22, removed: 25 }, 'node.k8s.io/v1': since(20) },
  EndpointSlice: { 'discovery.k8s.io/v1beta1': { deprecated: 21, removed: 25 }, 'discovery.k8s.io/v1': since(21) },
  FlowSchema: FLOW_CONTROL,
  PriorityLevelConfiguration: FLOW_CONTROL,
  Endpoints: { v1: { deprecated: 33 } },
  ComponentStatus: { v1: { deprecated: 19 } },
  Pod: CORE,
  Service: CORE,
  ServiceAccount: CORE,
  ConfigMap: CORE,
  Secret: CORE,
  Namespace: CORE,
  PersistentVolume: CORE,
  PersistentVolumeClaim: CORE,
  ResourceQuota: CORE,
  LimitRange: CORE,
};
