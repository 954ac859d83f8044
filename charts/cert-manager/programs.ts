import type { Construct } from 'constructs';
import { role } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { program } from '../native/program';
import { http } from '../workload/probe';
import type { Resources } from '../workload/props';
import { CERT_MANAGER_NAMESPACE as NAMESPACE, PROGRAMS, WEBHOOK_CA_SECRET } from './names';
import { METRICS_PORT, WEBHOOK_PORT } from './network';

/** How many pods each program has. The webhook stands in the way of every Certificate, so upstream asks for three. */
export const replicasOf = ({ environment }: Pick<Cluster, 'environment'>) =>
  environment.highAvailability ? { controller: 2, webhook: 3, cainjector: 2 } : { controller: 1, webhook: 1, cainjector: 1 };

/** Requests and limits of each program. */
export const RESOURCES = {
  controller: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '512Mi' } },
  webhook: { requests: { cpu: '10m', memory: '48Mi' }, limits: { memory: '128Mi' } },
  cainjector: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '512Mi' } },
} as const satisfies Readonly<Record<keyof typeof PROGRAMS, Resources>>;

/** Deployments of the controller, the webhook and the CA injector. */
export function certManagerPrograms(scope: Construct, cluster: Cluster): void {
  const component = catalogue['cert-manager'];
  const release = releaseFor(component, cluster);
  const replicas = replicasOf(cluster);
  const common = (part: keyof typeof PROGRAMS) => ({
    component: component.name,
    part,
    name: PROGRAMS[part],
    namespace: NAMESPACE,
    image: imageOf(component, release, part),
    version: release.version,
    replicas: replicas[part],
    resources: RESOURCES[part],
    metrics: { port: 'http-metrics', path: '/metrics' } as const,
  });
  const leader = `--leader-election-namespace=${NAMESPACE}`;
  program(scope, cluster, {
    ...common('controller'),
    args: [
      '--v=2',
      `--cluster-resource-namespace=${NAMESPACE}`,
      leader,
      // Used by HTTP-01 alone, which no issuer asks for; named so that nothing is ever pulled that the catalogue does not have.
      `--acme-http01-solver-image=${imageOf(component, release, 'acmesolver')}`,
      // Certificates are rendered, one for each host, and not made of annotations.
      '--controllers=*,-ingress-shim',
      '--max-concurrent-challenges=60',
      // It would ask the zone's own name servers, on port 53 of the internet, whether a challenge has arrived.
      '--dns01-recursive-nameservers-only',
    ],
    ports: { 'http-metrics': METRICS_PORT, 'http-healthz': 9403 },
    liveness: { check: http('/livez'), port: 'http-healthz', initialDelaySeconds: 10, timeoutSeconds: 10, failureThreshold: 8 },
    readiness: { check: http('/livez'), port: 'http-healthz', timeoutSeconds: 10 },
    // An IAM role must be assumed through exactly this service account.
    accountAnnotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, NAMESPACE, PROGRAMS.controller) },
  });
  program(scope, cluster, {
    ...common('webhook'),
    args: [
      '--v=2',
      `--secure-port=${WEBHOOK_PORT}`,
      `--dynamic-serving-ca-secret-namespace=${NAMESPACE}`,
      `--dynamic-serving-ca-secret-name=${WEBHOOK_CA_SECRET}`,
      ...['', `.${NAMESPACE}`, `.${NAMESPACE}.svc`].map((suffix) => `--dynamic-serving-dns-names=${PROGRAMS.webhook}${suffix}`),
    ],
    // The client for the Secret asks its namespace of the environment.
    env: [{ name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }],
    ports: { https: WEBHOOK_PORT, healthcheck: 6080, 'http-metrics': METRICS_PORT },
    liveness: { check: http('/livez'), port: 'healthcheck', initialDelaySeconds: 60 },
    readiness: { check: http('/healthz'), port: 'healthcheck', initialDelaySeconds: 5, periodSeconds: 5 },
  });
  program(scope, cluster, {
    ...common('cainjector'),
    args: ['--v=2', leader],
    ports: { 'http-metrics': METRICS_PORT },
    // It has no health endpoint; its metrics answer in every replica, leader or not.
    liveness: { check: http('/metrics'), port: 'http-metrics', initialDelaySeconds: 60, periodSeconds: 60, timeoutSeconds: 10 },
    readiness: { check: http('/metrics'), port: 'http-metrics', periodSeconds: 30, timeoutSeconds: 10 },
  });
}
