import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import type { Cluster } from '../cluster';
import { containerSecurity, podSecurity, probe, resourceRequirements } from '../workload/container';
import type { Labels } from '../workload/labels';
import { placement, spread } from '../workload/placement';
import type { Probe } from '../workload/probe';
import type { Resources } from '../workload/props';
import { componentLabels, componentSelector } from './labels';
import type { Account } from './rbac';

/** A volume of a program, and where it is mounted. */
export interface ProgramVolume {
  readonly volume: Omit<k8s.Volume, 'name'>;
  readonly mountPath: string;
  /** @default - the whole volume */
  readonly subPath?: string;
  /** @default true */
  readonly readOnly?: boolean;
}

/** A long-running program of a third-party component: Deployment, ServiceAccount, PodDisruptionBudget and PodMonitor. */
export interface ProgramProps<Port extends string = string> {
  /** Component in the catalogue; with `part` it selects the pods. */
  readonly component: string;
  /** Part of the component, as `controller`. */
  readonly part: string;
  /** Name of its objects. */
  readonly name: string;
  readonly namespace: string;
  /** Image with tag, of the catalogue. */
  readonly image: string;
  /** Version, for the pods' label. */
  readonly version: string;
  /** @default - the image's entrypoint */
  readonly command?: readonly string[];
  readonly args: readonly string[];
  /** @default - none */
  readonly env?: readonly k8s.EnvVar[];
  /** Container ports by name. */
  readonly ports: Readonly<Record<Port, number>>;
  /** @default - one; `undefined` with `autoscaled` */
  readonly replicas?: number;
  /** Whether an autoscaler sets the number of pods. @default false */
  readonly autoscaled?: boolean;
  readonly resources: Resources;
  /** @default - none */
  readonly liveness?: Probe<NoInfer<Port>>;
  /** @default - none */
  readonly readiness?: Probe<NoInfer<Port>>;
  /** Volumes by name. @default - none */
  readonly volumes?: Readonly<Record<string, ProgramVolume>>;
  /** Name of the ServiceAccount. @default - `name` */
  readonly serviceAccount?: string;
  /** Annotations of the ServiceAccount, as the IAM role. @default - none */
  readonly accountAnnotations?: Labels;
  /** Whether the program talks to the Kubernetes API. @default true */
  readonly kubernetesApi?: boolean;
  /** Annotations of the pods, as `linkerd.io/inject: disabled` for a part outside the mesh of its namespace. @default - none */
  readonly podAnnotations?: Labels;
  /** Annotations of the Deployment, as exemptions from checks. @default - none */
  readonly annotations?: Labels;
  /** @default 'system-cluster-critical' */
  readonly priorityClass?: string;
  /** Departures of the container from Pod Security `restricted` and a read-only root. @default - none */
  readonly security?: k8s.SecurityContext;
  /** User and group that the image runs as. @default 10001 */
  readonly user?: number;
  /** @default - the API server's: ClusterFirst */
  readonly dnsPolicy?: string;
  /** @default - none */
  readonly lifecycle?: k8s.Lifecycle;
  /** Seconds between SIGTERM and SIGKILL. @default 30 */
  readonly graceSeconds?: number;
  /** Where Prometheus scrapes it. @default - not scraped */
  readonly metrics?: { readonly port: NoInfer<Port>; readonly path: string; readonly scheme?: 'http' | 'https' };
  /** Init containers, as they are. @default - none */
  readonly initContainers?: readonly k8s.Container[];
  /** Node group that the pods run on. @default - the cluster's first */
  readonly nodeGroup?: string;
  /** `Recreate` for a program that must not run twice and elects no leader. @default 'RollingUpdate', without a pod less */
  readonly strategy?: 'RollingUpdate' | 'Recreate';
}

/** The account of a program, for its roles. */
export const accountOf = ({
  component,
  part,
  name,
  namespace,
}: Pick<ProgramProps, 'component' | 'part' | 'name' | 'namespace'>): Account => ({
  name,
  namespace,
  labels: componentLabels(component, part),
});

const ROLLING: k8s.DeploymentStrategy = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
};

/** Renders a program. Its network policies come from its edges, its roles from {@link clusterRole} and {@link role}. */
export function program<const Port extends string>(scope: Construct, cluster: Cluster, props: ProgramProps<Port>): void {
  const { component, part, name, namespace } = props;
  const labels = componentLabels(component, part);
  const selector = componentSelector(component, part);
  new k8s.KubeServiceAccount(scope, `serviceaccount-${name}`, {
    metadata: { name: props.serviceAccount ?? name, namespace, labels, annotations: props.accountAnnotations },
    automountServiceAccountToken: props.kubernetesApi ?? true,
  });
  new k8s.KubeDeployment(scope, `deployment-${name}`, {
    metadata: { name, namespace, labels, annotations: props.annotations },
    spec: {
      replicas: props.autoscaled === true ? undefined : (props.replicas ?? 1),
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: selector },
      strategy: props.strategy === 'Recreate' ? { type: 'Recreate' } : ROLLING,
      template: podTemplate(scope, cluster, props, labels, selector),
    },
  });
  new k8s.KubePodDisruptionBudget(scope, `pdb-${name}`, {
    metadata: { name, namespace, labels },
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
  if (props.metrics !== undefined) {
    const { port, path, scheme } = props.metrics;
    // Certificates of such ports are made by the programs themselves; nobody vouches for them.
    const tls = scheme === 'https' ? { scheme, tlsConfig: { insecureSkipVerify: true } } : {};
    customResource(scope, `podmonitor-${name}`, PodMonitor, {
      metadata: { name, namespace, labels: { ...labels } },
      spec: { selector: { matchLabels: { ...selector } }, podMetricsEndpoints: [{ port, path, ...tls }] },
    });
  }
}

function podTemplate<Port extends string>(
  scope: Construct,
  cluster: Cluster,
  props: ProgramProps<Port>,
  labels: Labels,
  selector: Labels,
): k8s.PodTemplateSpec {
  const where = `${scope.node.path}: ${props.name}`;
  const user = props.user ?? 10001;
  const volumes = Object.entries(props.volumes ?? {});
  const group = props.nodeGroup ?? firstGroup(cluster, where);
  return {
    metadata: {
      labels: { ...labels, 'app.kubernetes.io/version': props.version },
      annotations: props.podAnnotations,
    },
    spec: {
      serviceAccountName: props.serviceAccount ?? props.name,
      automountServiceAccountToken: props.kubernetesApi ?? true,
      enableServiceLinks: false,
      priorityClassName: props.priorityClass ?? 'system-cluster-critical',
      dnsPolicy: props.dnsPolicy,
      securityContext: { ...podSecurity, runAsUser: user, runAsGroup: user, fsGroup: user },
      ...placement(cluster, group, where),
      topologySpreadConstraints: spread(selector, 'ScheduleAnyway', 'Deployment'),
      terminationGracePeriodSeconds: props.graceSeconds ?? 30,
      initContainers: props.initContainers === undefined ? undefined : [...props.initContainers],
      containers: [
        {
          name: props.part,
          image: props.image,
          imagePullPolicy: 'IfNotPresent',
          command: props.command === undefined ? undefined : [...props.command],
          args: [...props.args],
          env: props.env === undefined ? undefined : [...props.env],
          ports: Object.entries<number>(props.ports).map(([port, containerPort]) => ({ name: port, containerPort })),
          resources: resourceRequirements(props.resources),
          livenessProbe: probe(props.liveness, props.ports, `${where}.liveness`),
          readinessProbe: probe(props.readiness, props.ports, `${where}.readiness`),
          lifecycle: props.lifecycle,
          securityContext: { ...containerSecurity(), ...props.security },
          volumeMounts:
            volumes.length === 0
              ? undefined
              : volumes.map(([volume, { mountPath, subPath, readOnly }]) => ({
                  name: volume,
                  mountPath,
                  subPath,
                  readOnly: readOnly ?? true,
                })),
        },
      ],
      volumes: volumes.length === 0 ? undefined : volumes.map(([volume, { volume: source }]) => ({ name: volume, ...source })),
    },
  };
}

function firstGroup(cluster: Cluster, where: string): string {
  const [first] = cluster.nodeGroups;
  if (first === undefined) throw new Error(`${where}: overlays/${cluster.name}/cluster.ts has no node groups. State at least one.`);
  return first.name;
}
