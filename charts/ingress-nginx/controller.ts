import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import type { NginxIngress } from '../exposure';
import { componentLabels } from '../native/labels';
import { accountOf, program } from '../native/program';
import type { Edge, PodParty } from '../network';
import { portOf } from '../network/party';
import { meshPodAnnotations } from '../network/pod-annotations';
import { meshAnnotations } from '../workload/mesh';
import { http } from '../workload/probe';
import type { Resources } from '../workload/props';
import { CONTROLLER_CLASS, ENDING, INGRESS_NGINX_NAMESPACE, NAMES } from './names';
import { roles } from './roles';

/** Where the certificate of the webhook is mounted. */
const CERTIFICATES = '/usr/local/certificates';

export const RESOURCES: Resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } };

/** Pods of the controller: a number, or the bounds of an autoscaler. */
export function scaleOf({ environment }: Pick<Cluster, 'environment'>, { scale }: NginxIngress): NonNullable<NginxIngress['scale']> {
  const least = typeof scale === 'number' ? scale : scale?.min;
  if (least !== undefined && !(least >= 1)) {
    throw new Error(`ingress.scale is ${least}; expected at least one pod: without any, the webhook refuses every Ingress of the cluster.`);
  }
  if (scale !== undefined) return scale;
  return environment.name === 'production' ? { min: 3, max: 9 } : 2;
}

/** The controller: its program, roles and autoscaler. */
export function controller(scope: Construct, cluster: Cluster, choice: NginxIngress, party: PodParty, edges: readonly Edge[]): void {
  const namespace = INGRESS_NGINX_NAMESPACE;
  const component = catalogue['ingress-nginx'];
  const release = releaseFor(component, cluster);
  const scale = scaleOf(cluster, choice);
  const number = (port: string) => portOf(party, port).number;
  const ports = { http: number('http'), https: number('https'), metrics: number('metrics'), webhook: number('webhook') };
  const health = { check: http('/healthz'), port: 'metrics', periodSeconds: 10 } as const;
  roles(scope, { ...accountOf({ component: component.name, part: 'controller', name: NAMES.account, namespace }) });
  program(scope, cluster, {
    component: component.name,
    part: 'controller',
    name: NAMES.controller,
    serviceAccount: NAMES.account,
    namespace,
    image: imageOf(component, release, 'controller'),
    version: release.version,
    ...(typeof scale === 'number' ? { replicas: scale } : { autoscaled: true }),
    args: [
      '/nginx-ingress-controller',
      `--configmap=$(POD_NAMESPACE)/${NAMES.controller}`,
      `--controller-class=${CONTROLLER_CLASS}`,
      // An ExternalName would make it fetch from anywhere, in its own name.
      '--disable-svc-external-name=true',
      `--election-id=${NAMES.lease}`,
      '--enable-metrics=true',
      `--http-port=${ports.http}`,
      `--https-port=${ports.https}`,
      `--ingress-class=${NAMES.ingressClass}`,
      '--profiling=false',
      `--publish-service=$(POD_NAMESPACE)/${NAMES.controller}`,
      `--shutdown-grace-period=${ENDING.stillTaken}`,
      `--validating-webhook=:${ports.webhook}`,
      `--validating-webhook-certificate=${CERTIFICATES}/tls.crt`,
      `--validating-webhook-key=${CERTIFICATES}/tls.key`,
    ],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      // The allocator that upstream builds it for.
      { name: 'LD_PRELOAD', value: '/usr/local/lib/libmimalloc.so' },
    ],
    ports,
    resources: choice.resources ?? RESOURCES,
    liveness: { ...health, initialDelaySeconds: 10, failureThreshold: 5 },
    readiness: { ...health, initialDelaySeconds: 10 },
    volumes: { certificates: { volume: { secret: { secretName: NAMES.admission } }, mountPath: CERTIFICATES } },
    podAnnotations: cluster.mesh
      ? { ...meshPodAnnotations(party, edges), ...meshAnnotations(cluster, 'running', ENDING.grace) }
      : undefined,
    annotations: {
      'ignore-check.fleet/read-only-root-filesystem':
        'It writes nginx.conf beside its own templates and Lua files in /etc/nginx; a volume there would hide them.',
    },
    user: 101,
    security: {
      runAsGroup: 82,
      readOnlyRootFilesystem: false,
      // Its ports are high. But its programs carry this capability in the image, and the kernel starts none that may not have it.
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    },
    lifecycle: { preStop: { exec: { command: ['/wait-shutdown'] } } },
    graceSeconds: ENDING.grace,
    metrics: { port: 'metrics', path: '/metrics' },
  });
  if (typeof scale === 'number') return;
  new k8s.KubeHorizontalPodAutoscalerV2(scope, 'hpa', {
    metadata: { name: NAMES.controller, namespace, labels: componentLabels(component.name, 'controller') },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAMES.controller },
      minReplicas: scale.min,
      maxReplicas: scale.max,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }] },
        // Connections are long; pods go one by one.
        scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] },
      },
    },
  });
}
