import type { JsonObject } from '../../synth/object';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import {
  type ChartPlacement,
  type ChartResources,
  type ChartSpread,
  chartPlacement,
  chartSpread,
  RESTRICTED_CONTAINER,
  restrictedPod,
} from '../platform/pinned';
import type { RunnerSet } from './choices';
import { APP_SECRET, ARC_NAMESPACE, CONTROLLER, CONTROLLER_SELECTOR, RUNNERS_NAMESPACE } from './names';

type PodSecurity = ReturnType<typeof restrictedPod>;

/** Values of the chart `gha-runner-scale-set-controller` that we set. */
export type ControllerValues = {
  readonly replicaCount: number;
  readonly serviceAccount: { readonly name: string };
  readonly flags: {
    readonly logLevel: 'info';
    readonly logFormat: 'json';
    readonly watchSingleNamespace: string;
    readonly updateStrategy: 'immediate' | 'eventual';
    readonly healthProbeBindAddress: string;
  };
  readonly metrics: { readonly controllerManagerAddr: string; readonly listenerAddr: string; readonly listenerEndpoint: string };
  readonly podSecurityContext: PodSecurity;
  readonly securityContext: typeof RESTRICTED_CONTAINER;
  readonly resources: ChartResources;
  readonly priorityClassName: string;
  readonly affinity: { readonly nodeAffinity: ChartPlacement['nodeAffinity'] };
  readonly tolerations: ChartPlacement['tolerations'];
  readonly topologySpreadConstraints: readonly ChartSpread[];
};

/** The controller chart's values for a cluster. @throws when the cluster has no node groups */
export function controllerValues(cluster: Cluster): ControllerValues {
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  return {
    replicaCount: cluster.environment.highAvailability ? 2 : 1,
    serviceAccount: { name: CONTROLLER },
    flags: {
      logLevel: 'info',
      logFormat: 'json',
      // Its rights end at this namespace and its own; without, it could make pods and roles in all of them.
      watchSingleNamespace: RUNNERS_NAMESPACE,
      // New runners start when the old ones have finished their jobs.
      updateStrategy: 'eventual',
      healthProbeBindAddress: ':8081',
    },
    metrics: { controllerManagerAddr: ':8080', listenerAddr: ':8080', listenerEndpoint: '/metrics' },
    podSecurityContext: restrictedPod(65532),
    securityContext: RESTRICTED_CONTAINER,
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    priorityClassName: 'system-cluster-critical',
    affinity: { nodeAffinity },
    tolerations,
    topologySpreadConstraints: chartSpread(CONTROLLER_SELECTOR),
  };
}

/** Pods of one container, as the runner chart's templates state them. */
type PodTemplate<Container extends JsonObject, Pod = unknown> = {
  readonly spec: {
    readonly automountServiceAccountToken?: boolean;
    readonly securityContext: PodSecurity;
    readonly affinity: { readonly nodeAffinity: ChartPlacement['nodeAffinity'] };
    readonly tolerations: ChartPlacement['tolerations'];
    readonly containers: readonly [Container];
  } & Pod;
};

type ListenerContainer = {
  readonly name: 'listener';
  readonly securityContext: typeof RESTRICTED_CONTAINER;
  readonly resources: ChartResources;
};

type RunnerContainer = {
  readonly name: 'runner';
  readonly image: string;
  readonly command: readonly string[];
  readonly securityContext: Omit<typeof RESTRICTED_CONTAINER, 'readOnlyRootFilesystem'>;
  readonly resources: JsonObject;
  readonly volumeMounts: readonly { readonly name: 'work'; readonly mountPath: string }[];
};

/** Values of the chart `gha-runner-scale-set` that we set. No container mode: no Docker in the pod, no pods by jobs. */
export type RunnerSetValues = {
  readonly githubConfigUrl: string;
  readonly githubConfigSecret: string;
  readonly runnerScaleSetName: string;
  readonly runnerGroup?: string;
  readonly minRunners: number;
  readonly maxRunners: number;
  readonly controllerServiceAccount: { readonly name: string; readonly namespace: string };
  readonly listenerTemplate: PodTemplate<ListenerContainer>;
  readonly template: PodTemplate<
    RunnerContainer,
    { readonly volumes: readonly { readonly name: 'work'; readonly emptyDir: { readonly sizeLimit: string } }[] }
  >;
};

/** The runner chart's values for one set. @throws when the cluster has no such node group */
export function runnerSetValues(cluster: Cluster, set: RunnerSet): RunnerSetValues {
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  const home = chartPlacement(cluster, set.nodeGroup);
  const release = releaseFor(catalogue['arc-runner-set'], cluster);
  const { readOnlyRootFilesystem: _, ...security } = RESTRICTED_CONTAINER;
  return {
    githubConfigUrl: set.url,
    githubConfigSecret: APP_SECRET,
    runnerScaleSetName: set.name,
    ...(set.group === undefined ? {} : { runnerGroup: set.group }),
    minRunners: set.min ?? 0,
    maxRunners: set.max,
    controllerServiceAccount: { name: CONTROLLER, namespace: ARC_NAMESPACE },
    listenerTemplate: {
      spec: {
        securityContext: restrictedPod(65532),
        affinity: { nodeAffinity },
        tolerations,
        containers: [
          {
            name: 'listener',
            securityContext: RESTRICTED_CONTAINER,
            resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
          },
        ],
      },
    },
    template: {
      spec: {
        // The code of a job must not speak to the API server in anybody's name.
        automountServiceAccountToken: false,
        // The image's user `runner`.
        securityContext: restrictedPod(1001),
        affinity: { nodeAffinity: home.nodeAffinity },
        tolerations: home.tolerations,
        containers: [
          {
            name: 'runner',
            image: imageOf(catalogue['arc-runner-set'], release, 'runner'),
            command: ['/home/runner/run.sh'],
            // The runner unpacks and writes beside itself; the pod is gone after one job.
            securityContext: security,
            resources: set.resources as unknown as JsonObject,
            volumeMounts: [{ name: 'work', mountPath: '/home/runner/_work' }],
          },
        ],
        volumes: [{ name: 'work', emptyDir: { sizeLimit: set.workspace ?? '10Gi' } }],
      },
    },
  };
}
