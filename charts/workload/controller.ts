import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { quantities } from './container';
import type { Running, WorkloadContext } from './context';
import { type Labels, labelsOf, selectorOf } from './labels';
import { podTemplate } from './pod';
import type { ResolvedWorkload } from './resolve';
import { FixedReplicas } from './scaling';

/** Sync wave of what must wait for a workload's migration; everything else of the Application is wave 0, the migration wave 1. */
export const AFTER_MIGRATION: Labels = { 'argocd.argoproj.io/sync-wave': '2' };

/** Name of the headless Service that gives the pods of a StatefulSet their host names. */
export const headlessName = (workload: string): string => `${workload}-headless`;

/** The Deployment of a workload, or its StatefulSet where it claims volumes. */
export function controller(context: WorkloadContext<Running>): void {
  const { scope, workload, cluster } = context;
  const { props, name } = workload;
  const selector = selectorOf(workload, cluster.platform);
  const metadata = {
    name,
    namespace: cluster.namespace,
    labels: labelsOf(workload, cluster.platform),
    annotations: { ...(props.migration === undefined ? {} : AFTER_MIGRATION), ...exemptionAnnotations(workload) },
  };
  // With an autoscaler the number of replicas is the autoscaler's: a rendered one would reset it at every sync.
  const replicas = props.scale instanceof FixedReplicas ? props.scale.replicas : undefined;
  const common = { replicas, revisionHistoryLimit: 5, selector: { matchLabels: selector }, template: podTemplate(context) };
  if (props.claims === undefined) {
    new k8s.KubeDeployment(scope, 'deployment', {
      metadata,
      spec: {
        ...common,
        progressDeadlineSeconds: 600,
        // No pod goes before its successor is ready: a rollout costs no capacity.
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: k8s.IntOrString.fromString('25%'), maxUnavailable: k8s.IntOrString.fromNumber(0) },
        },
      },
    });
    return;
  }
  const manifest = k8s.KubeStatefulSet.manifest({
    metadata,
    spec: {
      ...common,
      serviceName: headlessName(name),
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: Object.entries(props.claims).map(([claim, { size, storageClass, accessModes = ['ReadWriteOnce'] }]) => ({
        metadata: { name: claim, labels: selector },
        spec: { accessModes: [...accessModes], storageClassName: storageClass, resources: { requests: quantities({ storage: size }) } },
      })),
    },
  });
  // The API server writes down what a template is and the L1 class does not: Argo CD would show the difference for ever.
  const template = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
  const volumeClaimTemplates = manifest.spec.volumeClaimTemplates.map((claim: object) => ({ ...template, ...claim }));
  new ApiObject(scope, 'statefulset', { ...manifest, spec: { ...manifest.spec, volumeClaimTemplates } });
}

/** The CronJob of a workload. */
export function cronJobController(context: WorkloadContext<Extract<ResolvedWorkload, { kind: 'cronJob' }>>): void {
  const { scope, workload, cluster } = context;
  const { props, name } = workload;
  const labels = labelsOf(workload, cluster.platform);
  new k8s.KubeCronJob(scope, 'cronjob', {
    metadata: { name, namespace: cluster.namespace, labels, annotations: exemptionAnnotations(workload) },
    spec: {
      schedule: props.schedule,
      timeZone: 'Etc/UTC',
      suspend: props.suspend,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: { ...jobLimits(props.deadlineSeconds, props.retries ?? 2), template: podTemplate(context) },
      },
    },
  });
}

/** The workload's departures from the rules, where the checks look for them: on the object itself. */
function exemptionAnnotations({ props }: ResolvedWorkload): Labels {
  const { writableRootFilesystem, checks = {} } = props.exemptions ?? {};
  const reasons = { ...checks, ...(writableRootFilesystem === undefined ? {} : { 'read-only-root-filesystem': writableRootFilesystem }) };
  return Object.fromEntries(Object.entries(reasons).map(([check, reason]) => [`ignore-check.fleet/${check}`, reason]));
}

/** How long and how often a Job may try. A pod that a drain or a reclaimed spot node ends does not count as a failure. */
export function jobLimits(
  deadlineSeconds: number,
  retries: number,
): Pick<k8s.JobSpec, 'activeDeadlineSeconds' | 'backoffLimit' | 'podFailurePolicy'> {
  return {
    activeDeadlineSeconds: deadlineSeconds,
    backoffLimit: retries,
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
  };
}
