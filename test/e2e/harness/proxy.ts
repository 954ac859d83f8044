import type { PodObject, PodSpec } from './pods';

/** Images of a Linkerd release. */
export interface LinkerdImages {
  readonly proxy: string;
  readonly init: string;
}

/** The Linkerd release of each Kubernetes line. */
export const LINKERD: Readonly<Record<'1.28' | '1.34', LinkerdImages>> = {
  '1.28': { proxy: 'cr.l5d.io/linkerd/proxy:edge-25.4.4', init: 'cr.l5d.io/linkerd/proxy-init:v2.4.2' },
  '1.34': { proxy: 'cr.l5d.io/linkerd/proxy:edge-25.10.7', init: 'cr.l5d.io/linkerd/proxy-init:v2.4.3' },
};

/** What the proxy gets unless annotations say otherwise (given by authorworks' document); the init container gets the same. */
const RESOURCES = { 'cpu-limit': '1', 'cpu-request': '100m', 'memory-limit': '250Mi', 'memory-request': '20Mi' };

type Annotations = Readonly<Record<string, string>> | undefined;

/** Whether Linkerd injects its proxy into a pod: the pod's annotation wins over its namespace's; pods on the host's network stay out. */
export function isInjected(pod: Pick<PodObject, 'metadata' | 'spec'>, namespace: Annotations): boolean {
  const inject = pod.metadata.annotations?.['linkerd.io/inject'] ?? namespace?.['linkerd.io/inject'];
  return (inject === 'enabled' || inject === 'ingress') && pod.spec.hostNetwork !== true;
}

/**
 * A pod's spec with Linkerd's init container, proxy and volumes, as its injector adds them (without the proxy's environment, which nothing
 * here reads). Where an annotation asks for a native sidecar, both stand before the pod's own init containers.
 */
export function withProxy(
  pod: Pick<PodObject, 'metadata' | 'spec'>,
  namespace: Annotations,
  images: LinkerdImages,
): Required<Pick<PodSpec, 'containers' | 'initContainers' | 'volumes'>> {
  const { containers, initContainers = [], volumes = [] } = pod.spec;
  const annotations = { ...namespace, ...pod.metadata.annotations };
  const resources = resourcesOf(annotations);
  const isNative = annotations['config.alpha.linkerd.io/proxy-enable-native-sidecar'] === 'true';
  const init = { name: 'linkerd-init', image: images.init, resources, ...INIT };
  const proxy = { name: 'linkerd-proxy', image: images.proxy, resources, ...PROXY };
  return {
    initContainers: isNative ? [init, { ...proxy, restartPolicy: 'Always' }, ...initContainers] : [...initContainers, init],
    containers: isNative ? containers : [proxy, ...containers],
    volumes: [
      ...volumes,
      { name: 'linkerd-proxy-init-xtables-lock', emptyDir: {} },
      { name: 'linkerd-identity-end-entity', emptyDir: { medium: 'Memory' } },
      {
        name: 'linkerd-identity-token',
        projected: {
          sources: [{ serviceAccountToken: { audience: 'identity.l5d.io', expirationSeconds: 86400, path: 'linkerd-identity-token' } }],
        },
      },
    ],
  };
}

function resourcesOf(annotations: Readonly<Record<string, string>>): object {
  const value = (what: keyof typeof RESOURCES) => annotations[`config.linkerd.io/proxy-${what}`] ?? RESOURCES[what];
  return {
    limits: { cpu: value('cpu-limit'), memory: value('memory-limit') },
    requests: { cpu: value('cpu-request'), memory: value('memory-request') },
  };
}

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** It changes the pod's packet filter, so it needs capabilities that Pod Security refuses below `privileged`. */
const INIT = {
  args: ['--incoming-proxy-port', '4143', '--outgoing-proxy-port', '4140', '--proxy-uid', '2102'],
  securityContext: {
    ...RESTRICTED,
    privileged: false,
    runAsUser: 65534,
    runAsGroup: 65534,
    capabilities: { add: ['NET_ADMIN', 'NET_RAW'] },
  },
  volumeMounts: [{ name: 'linkerd-proxy-init-xtables-lock', mountPath: '/run' }],
};

const PROXY = {
  ports: [
    { name: 'linkerd-proxy', containerPort: 4143 },
    { name: 'linkerd-admin', containerPort: 4191 },
  ],
  livenessProbe: { httpGet: { path: '/live', port: 4191 }, initialDelaySeconds: 10 },
  readinessProbe: { httpGet: { path: '/ready', port: 4191 }, initialDelaySeconds: 2 },
  securityContext: { ...RESTRICTED, runAsUser: 2102, capabilities: { drop: ['ALL'] } },
  volumeMounts: [
    { name: 'linkerd-identity-end-entity', mountPath: '/var/run/linkerd/identity/end-entity' },
    { name: 'linkerd-identity-token', mountPath: '/var/run/secrets/tokens' },
  ],
};
