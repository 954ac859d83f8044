import type { Named, PodObject } from './harness/pods';
import { LINKERD, withProxy } from './harness/proxy';

// Pods that the policy for meshed namespaces admits, and pods that it refuses.

/** The meshed namespace of the cases. */
export const MESHED = 'authorworks';

/** How a pod differs from one that `restricted` admits. */
export interface Change {
  readonly namespace?: string;
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Merged into the security context of the pod. */
  readonly security?: object;
  /** Replaces fields of the container. */
  readonly container?: Readonly<Record<string, unknown>>;
}

/** What `restricted` wants of a container. */
export const SECURE = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** A pod that `restricted` admits, but for the change. */
export function pod({ namespace = MESHED, name, annotations, spec, security, container }: Change): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'test-', ...(name === undefined ? {} : { name }), namespace, annotations },
    spec: {
      ...({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...security } } as object),
      containers: [{ name: 'test', image: 'test', securityContext: SECURE, ...container }],
      ...spec,
    },
  };
}

/** A change of the container's security context. */
const secured = (fields: object): Change => ({ container: { securityContext: { ...SECURE, ...fields } } });
const ALONE = { 'linkerd.io/inject': 'disabled' };
const MESH = withProxy({ metadata: { generateName: '', namespace: MESHED }, spec: { containers: [] } }, undefined, LINKERD['1.34']);
const [MESH_INIT, PROXY] = [MESH.initContainers[0], MESH.containers[0]] as [Named & { readonly securityContext: object }, Named];
/** A pod with these init containers, instead of the injected one. */
const initialised = (...initContainers: readonly Named[]): Change => ({
  annotations: ALONE,
  spec: { initContainers, volumes: MESH.volumes },
});
/** A change of the security context of Linkerd's init container. */
const meshInit = (fields: object): Change => initialised({ ...MESH_INIT, securityContext: { ...MESH_INIT.securityContext, ...fields } });
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/test';

const HUNDRED = Array.from({ length: 100 }, (_, index) => `n${index}`);
const LARGE: Change = {
  spec: {
    containers: HUNDRED.map((name) => ({
      name,
      image: name,
      ports: HUNDRED.map((_, index) => ({ containerPort: index + 1 })),
      securityContext: SECURE,
    })),
    volumes: HUNDRED.map((name) => ({ name, secret: { secretName: name } })),
  },
};

export const HARMLESS: readonly (readonly [what: string, change: Change])[] = [
  ['a pod that says no more than it must', {}],
  [
    'a seccomp profile and a user per container',
    {
      spec: { securityContext: {} },
      ...secured({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }),
      annotations: ALONE,
    },
  ],
  [
    'no security context of the pod at all',
    {
      spec: { securityContext: undefined },
      ...secured({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }),
    },
  ],
  ['NET_BIND_SERVICE', secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
  ['defaults that are said', secured({ privileged: false, procMount: 'Default' })],
  [
    'profiles of AppArmor',
    { ...secured({ appArmorProfile: { type: 'RuntimeDefault' } }), annotations: { [APP_ARMOR]: 'runtime/default' } },
  ],
  ['types of SELinux for containers', { security: { seLinuxOptions: { type: 'container_t', level: 's0:c1,c2' } } }],
  ['safe sysctls', { security: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] } }],
  [
    'volumes of its own',
    {
      spec: {
        volumes: [
          { name: 'a', configMap: { name: 'a' } },
          { name: 'b', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } },
          { name: 'c', downwardAPI: { items: [] } },
          { name: 'd', emptyDir: {} },
          { name: 'e', persistentVolumeClaim: { claimName: 'e' } },
          { name: 'f', projected: { sources: [] } },
          { name: 'g', secret: { secretName: 'g' } },
          {
            name: 'h',
            ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } },
          },
        ],
      },
    },
  ],
  [
    'ports and probes of its own',
    {
      container: { ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { path: '/', port: 80 } }, securityContext: SECURE },
    },
  ],
  ["the proxy as a native sidecar, after Linkerd's init container", initialised(MESH_INIT, { ...PROXY, restartPolicy: 'Always' })],
  ['a pod so large that the rules take long', LARGE],
];

const HOST_PROCESS = { windowsOptions: { hostProcess: true } };
export const FORBIDDEN: readonly (readonly [what: string, change: Change, reason: RegExp])[] = [
  ['hostNetwork', { spec: { hostNetwork: true } }, /remove them/],
  ['hostPID', { spec: { hostPID: true } }, /hostNetwork, hostPID and hostIPC/],
  ['hostIPC', { spec: { hostIPC: true } }, /hostNetwork, hostPID and hostIPC/],
  ['a process of a Windows host', { security: HOST_PROCESS, spec: { hostNetwork: true } }, /hostProcess/],
  ['a container that is one', { spec: { hostNetwork: true }, ...secured(HOST_PROCESS) }, /hostProcess/],
  [
    'a privileged container',
    { container: { securityContext: { ...SECURE, allowPrivilegeEscalation: undefined, privileged: true } } },
    /securityContext.privileged/,
  ],
  [
    'an escalation that is not ruled out',
    { container: { securityContext: { capabilities: { drop: ['ALL'] } } } },
    /allowPrivilegeEscalation/,
  ],
  ['an escalation', secured({ allowPrivilegeEscalation: true }), /allowPrivilegeEscalation/],
  ['a container without security context', { container: { securityContext: undefined } }, /allowPrivilegeEscalation/],
  ['capabilities that are kept', secured({ capabilities: undefined }), /capabilities.drop/],
  ['capabilities of which some are dropped', secured({ capabilities: { drop: ['NET_RAW'] } }), /capabilities.drop/],
  ['another capability', secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] } }), /capabilities.add/],
  ['no word on root', { security: { runAsNonRoot: undefined } }, /runAsNonRoot/],
  ['a pod that may be root', { security: { runAsNonRoot: false }, ...secured({ runAsNonRoot: true }) }, /runAsNonRoot/],
  ['a container that may be root', secured({ runAsNonRoot: false }), /runAsNonRoot/],
  ['user 0 of the pod', { security: { runAsUser: 0 } }, /runAsUser is 0/],
  ['user 0 of a container', secured({ runAsUser: 0 }), /runAsUser is 0/],
  ['no seccomp profile', { security: { seccompProfile: undefined } }, /seccomp/],
  [
    'a pod without seccomp',
    { security: { seccompProfile: { type: 'Unconfined' } }, ...secured({ seccompProfile: { type: 'RuntimeDefault' } }) },
    /seccomp/,
  ],
  ['a container without seccomp', secured({ seccompProfile: { type: 'Unconfined' } }), /seccomp/],
  ['a hostPath', { spec: { volumes: [{ name: 'a', hostPath: { path: '/tmp' } }] } }, /A volume .*hostPath/],
  [
    'an NFS volume',
    {
      spec: {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', nfs: { server: 'a', path: '/' } },
        ],
      },
    },
    /A volume/,
  ],
  [
    'a port of the node',
    { container: { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }], securityContext: SECURE } },
    /hostPort/,
  ],
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => [
    [
      `a ${name} over HTTP of another host`,
      { container: { [name]: { httpGet: { port: 80, host: '169.254.169.254' } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
    [
      `a ${name} over TCP of another host`,
      { container: { [name]: { tcpSocket: { port: 80, host: '169.254.169.254' } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
  ]),
  ...['postStart', 'preStop'].flatMap((name) => [
    [
      `a ${name} over HTTP of another host`,
      { container: { lifecycle: { [name]: { httpGet: { port: 80, host: '10.0.0.1' } } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
    [
      `a ${name} over TCP of another host`,
      { container: { lifecycle: { [name]: { tcpSocket: { port: 80, host: '10.0.0.1' } } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
  ]),
  ["the node's /proc", { spec: { hostUsers: false }, ...secured({ procMount: 'Unmasked' }) }, /procMount/],
  ['an unsafe sysctl', { security: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }, /sysctls/],
  ['a pod without AppArmor', { security: { appArmorProfile: { type: 'Unconfined' } } }, /AppArmor/],
  ['a container without AppArmor', secured({ appArmorProfile: { type: 'Unconfined' } }), /AppArmor/],
  ['a container without AppArmor, by annotation', { annotations: { [APP_ARMOR]: 'unconfined' } }, /AppArmor/],
  ['a type of SELinux for the host', { security: { seLinuxOptions: { type: 'spc_t' } } }, /seLinuxOptions/],
  ['a user of SELinux', secured({ seLinuxOptions: { user: 'a' } }), /seLinuxOptions/],
  ['a role of SELinux', secured({ seLinuxOptions: { role: 'a' } }), /seLinuxOptions/],
  [
    'an init container with a rule broken',
    { spec: { initContainers: [{ name: 'init', image: 'a', securityContext: { ...SECURE, runAsUser: 0 } }] } },
    /runAsUser is 0/,
  ],
  ["another init container with the mesh's capabilities", initialised({ ...MESH_INIT, name: 'init' }), /linkerd-init/],
  [
    "a container that is called as the mesh's init container",
    {
      container: { name: 'linkerd-init', securityContext: { ...SECURE, capabilities: { add: ['NET_ADMIN'] } } },
      annotations: ALONE,
    },
    /capabilities.drop/,
  ],
  ['a linkerd-init that asks for SYS_ADMIN', meshInit({ capabilities: { add: ['NET_ADMIN', 'NET_RAW', 'SYS_ADMIN'] } }), /capabilities/],
  [
    'a linkerd-init that asks for it and drops the rest',
    meshInit({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'SYS_ADMIN'] } }),
    /NET_ADMIN and NET_RAW, and nothing else/,
  ],
  ['a linkerd-init that is privileged', meshInit({ privileged: true, allowPrivilegeEscalation: true }), /securityContext.privileged/],
  ['a linkerd-init that is root', meshInit({ runAsNonRoot: false, runAsUser: 0 }), /runAsNonRoot/],
  ['a linkerd-init that goes on running', initialised({ ...MESH_INIT, restartPolicy: 'Always' }), /capabilities.drop/],
];
