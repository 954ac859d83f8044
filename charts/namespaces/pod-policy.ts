import type { Construct } from 'constructs';
import { type CustomKind, customResource } from '../../imports/custom-resource';
import type { Labels } from '../workload/labels';

/** Name of the policy and of its binding. */
export const RESTRICTED_PODS_POLICY = 'restricted-but-for-the-mesh';

/** Kubernetes minor from which an API server serves the policy's kinds as `v1`. */
export const ADMISSION_POLICIES_SINCE = 30;

/** A CEL expression with a name; later expressions read it as `variables.<name>`. */
interface Variable {
  readonly name: string;
  readonly expression: string;
}

/** A rule: pods for which the CEL expression is false are refused with the message. */
interface Validation {
  readonly expression: string;
  readonly message: string;
  /** What HTTP status the refusal has: 403, as that of Pod Security. */
  readonly reason: 'Forbidden';
}

/** The fields of a ValidatingAdmissionPolicy that are used here. */
interface PolicySpec {
  readonly failurePolicy: 'Fail';
  readonly matchConstraints: {
    readonly matchPolicy: 'Equivalent';
    readonly resourceRules: readonly {
      readonly apiGroups: readonly string[];
      readonly apiVersions: readonly string[];
      readonly operations: readonly ('CREATE' | 'UPDATE')[];
      readonly resources: readonly string[];
      readonly scope: 'Namespaced';
    }[];
  };
  readonly matchConditions: readonly Variable[];
  readonly variables: readonly Variable[];
  readonly validations: readonly Validation[];
}

/** The fields of a ValidatingAdmissionPolicyBinding that are used here. */
interface BindingSpec {
  readonly policyName: string;
  readonly validationActions: readonly ('Deny' | 'Audit')[];
  readonly matchResources: {
    readonly matchPolicy: 'Equivalent';
    readonly namespaceSelector: {
      readonly matchExpressions: readonly { readonly key: string; readonly operator: 'In'; readonly values: readonly string[] }[];
    };
  };
}

// cdk8s-plus-28 has these kinds as alpha and beta only.
const POLICY: CustomKind<PolicySpec> = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  scope: 'Cluster',
};
const BINDING: CustomKind<BindingSpec> = {
  apiVersion: POLICY.apiVersion,
  kind: 'ValidatingAdmissionPolicyBinding',
  scope: 'Cluster',
};

/**
 * Adds a policy that holds all pods of the given namespaces to the Pod Security Standard `restricted`, and its binding. The one
 * exception: an init container `linkerd-init` may add the capabilities NET_ADMIN and NET_RAW, and need drop none. For namespaces
 * that enforce `privileged` because of that container, in clusters of at least {@link ADMISSION_POLICIES_SINCE}. Pods that break
 * a rule already keep running; they are refused only when their spec changes.
 * @param namespaces names of the namespaces; nothing is added when there are none
 * @param labels of both objects
 */
export function restrictedPodsPolicy(scope: Construct, namespaces: readonly string[], labels: Labels): void {
  if (namespaces.length === 0) return;
  const metadata = { name: RESTRICTED_PODS_POLICY, labels };
  customResource(scope, 'restricted-pods-policy', POLICY, {
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        matchPolicy: 'Equivalent',
        resourceRules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['pods', 'pods/ephemeralcontainers'],
            scope: 'Namespaced',
          },
        ],
      },
      // Labels and finalizers of older pods must stay changeable: Jobs and StatefulSets hang otherwise.
      matchConditions: [{ name: 'spec-is-new', expression: "request.operation == 'CREATE' || object.spec != oldObject.spec" }],
      variables: VARIABLES,
      validations: RULES.map(([expression, message]): Validation => ({ expression, message, reason: 'Forbidden' })),
    },
  });
  customResource(scope, 'restricted-pods-binding', BINDING, {
    metadata,
    spec: {
      policyName: RESTRICTED_PODS_POLICY,
      validationActions: ['Deny', 'Audit'],
      matchResources: {
        matchPolicy: 'Equivalent',
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces].sort() }],
        },
      },
    },
  });
}

/** A list in CEL. */
const oneOf = (values: readonly string[]): string => `[${values.map((value) => `'${value}'`).join(', ')}]`;

/** An init container that goes on running would keep the capabilities, so it is not the mesh's. */
const IS_MESH_INIT =
  "c.name == 'linkerd-init' && !has(c.restartPolicy) && " +
  "c.?securityContext.?capabilities.?add.orValue([]).all(name, name in ['NET_ADMIN', 'NET_RAW'])";

// `dyn`, because containers and ephemeral containers are of different types, and lists of different types do not add up.
const VARIABLES: readonly Variable[] = [
  { name: 'initContainers', expression: 'object.spec.?initContainers.orValue([])' },
  { name: 'ownContainers', expression: 'dyn(object.spec.containers) + dyn(object.spec.?ephemeralContainers.orValue([]))' },
  { name: 'allContainers', expression: 'variables.ownContainers + dyn(variables.initContainers)' },
  {
    name: 'allContainersButMeshInit',
    expression: `variables.ownContainers + dyn(variables.initContainers.filter(c, !(${IS_MESH_INIT})))`,
  },
  // Not an optional: one that comes out of a variable seems empty to the API server.
  { name: 'podSecurity', expression: 'has(object.spec.securityContext) ? dyn(object.spec.securityContext) : dyn({})' },
  {
    name: 'allSecurity',
    expression: '[variables.podSecurity] + variables.allContainers.filter(c, has(c.securityContext)).map(c, dyn(c.securityContext))',
  },
];

const VOLUME_TYPES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const PROFILE_TYPES = ['RuntimeDefault', 'Localhost'];
const SE_LINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
/** Those that only touch the pod's own namespaces. */
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];
const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.?postStart', 'lifecycle.?preStop'];
const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

const everyContainer = (rule: string): string => `variables.allContainers.all(c, ${rule})`;
const everySecurity = (rule: string): string => `variables.allSecurity.all(s, ${rule})`;

/** The rules of `restricted`, which include those of `baseline`: what a pod must meet, and what its author is told. */
const RULES: readonly (readonly [expression: string, message: string])[] = [
  // Before hostNetwork, which such pods need too: the API server tells of the first rule that is broken.
  [
    everySecurity('!s.?windowsOptions.?hostProcess.orValue(false)'),
    'windowsOptions.hostProcess gives a container the rights of its node: remove it.',
  ],
  [
    ['hostNetwork', 'hostPID', 'hostIPC'].map((field) => `!object.spec.?${field}.orValue(false)`).join(' && '),
    'hostNetwork, hostPID and hostIPC give a pod the namespaces of its node: remove them.',
  ],
  [
    everyContainer('!c.?securityContext.?privileged.orValue(false)'),
    'securityContext.privileged gives a container the rights of its node: remove it.',
  ],
  [
    everyContainer('!c.?securityContext.?allowPrivilegeEscalation.orValue(true)'),
    'Containers may gain privileges: set securityContext.allowPrivilegeEscalation of every container to false.',
  ],
  [
    "variables.allContainersButMeshInit.all(c, 'ALL' in c.?securityContext.?capabilities.?drop.orValue([]))",
    'Containers keep capabilities: set securityContext.capabilities.drop of every container to ["ALL"]. Only the init container ' +
      'linkerd-init may keep some.',
  ],
  [
    'variables.allContainersButMeshInit.all(c, ' +
      "c.?securityContext.?capabilities.?add.orValue([]).all(name, name == 'NET_BIND_SERVICE'))",
    'securityContext.capabilities.add has more than NET_BIND_SERVICE: remove the others. Only the init container linkerd-init may ' +
      'add NET_ADMIN and NET_RAW, and nothing else.',
  ],
  [
    `variables.podSecurity.?runAsNonRoot.orValue(true) && ${everyContainer(
      'c.?securityContext.?runAsNonRoot.orValue(variables.podSecurity.?runAsNonRoot.orValue(false))',
    )}`,
    'Containers may run as root: set securityContext.runAsNonRoot of the pod to true, and to nothing else in its containers.',
  ],
  [
    everySecurity('s.?runAsUser.orValue(1) != 0'),
    'securityContext.runAsUser is 0, which is root: remove it, or choose a user of the image that is not 0.',
  ],
  [
    `variables.podSecurity.?seccompProfile.?type.orValue('Localhost') in ${oneOf(PROFILE_TYPES)} && ${everyContainer(
      "c.?securityContext.?seccompProfile.?type.orValue(variables.podSecurity.?seccompProfile.?type.orValue('')) in " +
        oneOf(PROFILE_TYPES),
    )}`,
    'Containers run without seccomp profile: set securityContext.seccompProfile.type of the pod to RuntimeDefault (or Localhost).',
  ],
  [
    `object.spec.?volumes.orValue([]).all(v, ${VOLUME_TYPES.map((type) => `has(v.${type})`).join(' || ')})`,
    `A volume is of a type that reaches past the pod, such as hostPath: use one of ${VOLUME_TYPES.join(', ')}.`,
  ],
  [
    everyContainer('c.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0)'),
    'ports[].hostPort opens a port of the node: remove it, and use a Service.',
  ],
  [
    everyContainer(
      HANDLERS.map((handler) =>
        ['httpGet', 'tcpSocket'].map((action) => `c.?${handler}.?${action}.?host.orValue('') == ''`).join(' && '),
      ).join(' && '),
    ),
    'A probe or a lifecycle hook has a host, which the kubelet would ask from the node: remove host, it then asks the pod itself.',
  ],
  [
    everyContainer("c.?securityContext.?procMount.orValue('Default') == 'Default'"),
    "securityContext.procMount uncovers the node's /proc: remove it.",
  ],
  [
    `object.spec.?securityContext.?sysctls.orValue([]).all(sysctl, sysctl.name in ${oneOf(SAFE_SYSCTLS)})`,
    'securityContext.sysctls has one that Kubernetes counts as unsafe: remove it, or set it on the nodes.',
  ],
  [
    `${everySecurity(`s.?appArmorProfile.?type.orValue('RuntimeDefault') in ${oneOf(PROFILE_TYPES)}`)} && ` +
      `object.metadata.?annotations.orValue({}).all(key, !key.startsWith('${APP_ARMOR_ANNOTATION}') || ` +
      "object.metadata.annotations[key] == 'runtime/default' || object.metadata.annotations[key].startsWith('localhost/'))",
    'AppArmor is turned off for a container: remove appArmorProfile or its annotation, or choose RuntimeDefault (or Localhost).',
  ],
  [
    everySecurity(
      `s.?seLinuxOptions.?type.orValue('') in ${oneOf(SE_LINUX_TYPES)} && ` +
        "s.?seLinuxOptions.?user.orValue('') == '' && s.?seLinuxOptions.?role.orValue('') == ''",
    ),
    `seLinuxOptions may have no user and no role, and of types only ${SE_LINUX_TYPES.slice(1).join(', ')}: remove the others.`,
  ],
];
