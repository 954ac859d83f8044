import { type Fields, type FieldTree, leaf, unknownFields } from '../overlay/fields';
import type { Resolved } from '../overlay/resolved';
import type { PropsOf, WorkloadKind } from './definition';

const env = { each: leaf };
const quantities = { requests: { cpu: leaf, memory: leaf }, limits: { cpu: leaf, memory: leaf } };
const probe = { check: leaf, port: leaf, initialDelaySeconds: leaf, periodSeconds: leaf, timeoutSeconds: leaf, failureThreshold: leaf };
const extraContainer = {
  image: leaf,
  command: leaf,
  args: leaf,
  env,
  resources: quantities,
  mounts: leaf,
  ports: { each: leaf },
  liveness: probe,
};
const behavior = { stabilizationSeconds: leaf, percent: leaf, period: leaf };

const pod = {
  image: leaf,
  command: leaf,
  args: leaf,
  nodeGroup: leaf,
  resources: quantities,
  env,
  config: { each: { mountPath: leaf, files: { each: leaf } } },
  secrets: {
    each: { from: leaf, env: { each: leaf }, files: { each: leaf }, mountPath: leaf, onChange: leaf },
  },
  volumes: { each: { source: leaf, mountPath: leaf, readOnly: leaf } },
  database: { name: leaf, poolSize: leaf },
  redis: leaf,
  buckets: { each: leaf },
  init: { each: extraContainer },
  sidecars: { each: extraContainer },
  priorityClass: leaf,
  kubernetesApi: leaf,
  metrics: { port: leaf, path: leaf, business: { title: leaf, metrics: leaf } },
  exemptions: { writableRootFilesystem: leaf, checks: { each: leaf } },
  selector: { each: leaf },
  podLabels: { each: leaf },
  podAnnotations: { each: leaf },
};

const running = {
  ...pod,
  scale: { min: leaf, max: leaf, cpu: leaf, memory: leaf, metrics: leaf, scaleDown: behavior, scaleUp: behavior },
  liveness: probe,
  readiness: probe,
  startup: probe,
  termination: { preStopSeconds: leaf, preStopCommand: leaf, graceSeconds: leaf },
  maxUnavailable: leaf,
  claims: { each: { mountPath: leaf, size: leaf, storageClass: leaf, accessModes: leaf } },
  telemetry: { protocol: leaf, attributes: { each: leaf } },
  migration: { image: leaf, command: leaf, args: leaf, resources: quantities, deadlineSeconds: leaf, retries: leaf },
  ports: { each: leaf },
};

const fields: { readonly [Kind in WorkloadKind]: Fields<Resolved<PropsOf<string>[Kind]>> } = {
  service: {
    ...running,
    serviceAnnotations: { each: leaf },
    slo: { availability: leaf, latency: { within: leaf, percent: leaf } },
    outsideMesh: leaf,
    traffic: {
      each: {
        protocol: leaf,
        rateLimit: { total: leaf, perCaller: leaf },
        routes: { each: { path: leaf, method: leaf, timeout: leaf, retries: leaf, tryTimeout: leaf } },
      },
    },
    circuitBreaker: { failures: leaf, minPenalty: leaf, maxPenalty: leaf, jitter: leaf },
    expose: {
      host: leaf,
      port: leaf,
      path: leaf,
      maxBodySize: leaf,
      readTimeoutSeconds: leaf,
      rateLimit: { requestsPerSecond: leaf, burstFactor: leaf, connections: leaf },
    },
  },
  worker: running,
  cronJob: { ...pod, schedule: leaf, deadlineSeconds: leaf, retries: leaf, suspend: leaf },
};

/**
 * Refuses fields that a workload does not have.
 * @param path - where the props stand, for messages, as `gateway`
 * @throws naming every unknown field with the ones that there are
 */
export function checkFields(props: unknown, kind: WorkloadKind, path: string): void {
  const problems = [...unknownFields(props, fields[kind] as FieldTree, path, 'in apps/ or in an overlay')];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
