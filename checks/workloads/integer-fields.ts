/** The greatest number that a 32-bit field holds. */
export const INT32 = 2 ** 31 - 1;

export interface IntegerField {
  /** Path with `*` for every item. */
  readonly path: string;
  readonly min: number;
  /** @default INT32 */
  readonly max?: number;
}

const from = (min: number, ...paths: readonly string[]): readonly IntegerField[] => paths.map((path) => ({ path, min }));
const JOB = ['backoffLimit', 'completions', 'ttlSecondsAfterFinished', 'parallelism'];

/** Integer fields by kind, with what the API server accepts. */
export const INTEGER_FIELDS: Readonly<Record<string, readonly IntegerField[]>> = {
  Deployment: from(0, 'spec.replicas', 'spec.minReadySeconds', 'spec.revisionHistoryLimit'),
  Rollout: from(0, 'spec.replicas', 'spec.minReadySeconds', 'spec.revisionHistoryLimit'),
  ReplicaSet: from(0, 'spec.replicas', 'spec.minReadySeconds'),
  StatefulSet: from(0, 'spec.replicas', 'spec.minReadySeconds', 'spec.revisionHistoryLimit', 'spec.updateStrategy.rollingUpdate.partition'),
  DaemonSet: from(0, 'spec.minReadySeconds', 'spec.revisionHistoryLimit'),
  Job: [...from(0, ...JOB.map((name) => `spec.${name}`)), ...from(1, 'spec.activeDeadlineSeconds')],
  CronJob: [
    ...from(0, 'spec.startingDeadlineSeconds', 'spec.successfulJobsHistoryLimit', 'spec.failedJobsHistoryLimit'),
    ...from(0, ...JOB.map((name) => `spec.jobTemplate.spec.${name}`)),
    ...from(1, 'spec.jobTemplate.spec.activeDeadlineSeconds'),
  ],
  Service: [{ path: 'spec.sessionAffinityConfig.clientIP.timeoutSeconds', min: 1, max: 86400 }],
  PriorityClass: [{ path: 'value', min: -(2 ** 31), max: 2_000_001_000 }],
};

/** Integer fields of a pod's spec. */
export const POD_INTEGER_FIELDS: readonly IntegerField[] = [
  ...from(0, 'terminationGracePeriodSeconds', 'tolerations.*.tolerationSeconds'),
  ...from(1, 'activeDeadlineSeconds', 'topologySpreadConstraints.*.maxSkew', 'topologySpreadConstraints.*.minDomains'),
  { path: 'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.weight', min: 1, max: 100 },
  { path: 'affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.weight', min: 1, max: 100 },
  { path: 'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.weight', min: 1, max: 100 },
  ...from(0, 'securityContext.runAsUser', 'securityContext.runAsGroup', 'securityContext.fsGroup'),
];

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'];

/** Integer fields of a container. */
export const CONTAINER_INTEGER_FIELDS: readonly IntegerField[] = [
  ...PROBES.flatMap((probe) => [
    ...from(0, `${probe}.initialDelaySeconds`),
    ...from(1, `${probe}.periodSeconds`, `${probe}.timeoutSeconds`, `${probe}.failureThreshold`),
    // One success tells that a container runs; only readiness may ask for more.
    { path: `${probe}.successThreshold`, min: 1, ...(probe === 'readinessProbe' ? {} : { max: 1 }) },
  ]),
  ...from(0, 'securityContext.runAsUser', 'securityContext.runAsGroup', 'lifecycle.preStop.sleep.seconds'),
];
