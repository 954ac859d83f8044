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
import { controller, volumeMounts } from './controller';
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

/** A volume that each pod of a program gets for itself, and keeps. */
export interface ProgramClaim {
  readonly mountPath: string;
  /** Size at the start, as `20Gi`; it cannot change afterwards, but for the claims themselves. */
  readonly size: string;
  /** @default 'ebs-gp3' */
  readonly storageClass?: string;
}

/**
 * A long-running program of a third-party component: Deployment (with `claims` a StatefulSet, with `everyNode` a DaemonSet),
 * ServiceAccount, PodDisruptionBudget and PodMonitor.
 */
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
  /**
   * Volumes of each pod's own, by name: the program is a StatefulSet then, whose pods have names under the headless Service
   * `<name>-headless`. @default - none
   */
  readonly claims?: Readonly<Record<string, ProgramClaim>>;
  /** Whether a pod runs on every node, whatever its taints: the program is a DaemonSet then. @default false */
  readonly everyNode?: boolean;
  /** Name of the ServiceAccount. @default - `name` */
  readonly serviceAccount?: string;
  /** Annotations of the ServiceAccount, as the IAM role. @default - none */
  readonly accountAnnotations?: Labels;
  /** Whether the program talks to the Kubernetes API. @default true */
  readonly kubernetesApi?: boolean;
  /** Annotations of the pods, as `linkerd.io/inject: disabled` for a part outside the mesh of its namespace. @default - none */
  readonly podAnnotations?: Labels;
  /** Annotations of the controller, as exemptions from checks. @default - none */
  readonly annotations?: Labels;
  /** @default 'system-cluster-critical' */
  readonly priorityClass?: string;
  /** Departures of the container from Pod Security `restricted` and a read-only root. @default - none */
  readonly security?: k8s.SecurityContext;
  /** User and group that the image runs as; 0 is root, which a check has to be told why. @default 10001 */
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

/** Renders a program. Its network policies come from its edges, its roles from {@link clusterRole} and {@link role}. */
export function program<const Port extends string>(scope: Construct, cluster: Cluster, props: ProgramProps<Port>): void {
  const { component, part, name, namespace } = props;
  const labels = componentLabels(component, part);
  const selector = componentSelector(component, part);
  new k8s.KubeServiceAccount(scope, `serviceaccount-${name}`, {
    metadata: { name: props.serviceAccount ?? name, namespace, labels, annotations: props.accountAnnotations },
    automountServiceAccountToken: props.kubernetesApi ?? true,
  });
  controller(scope, props, podTemplate(scope, cluster, props, labels, selector));
  // A drain leaves pods of a DaemonSet alone.
  if (props.everyNode !== true) {
    new k8s.KubePodDisruptionBudget(scope, `pdb-${name}`, {
      metadata: { name, namespace, labels },
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        selector: { matchLabels: selector },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }
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
  return {
    metadata: {
      labels: { ...labels, 'app.kubernetes.io/version': props.version },
      annotations: props.podAnnotations,
    },
    spec: {
      serviceAccountName: props.serviceAccount ?? props.name,
      automountServiceAccountToken: props.kubernetesApi ?? true,
      enableServiceLinks: false,
      priorityClassName: props.priorityClass ?? (props.everyNode === true ? 'system-node-critical' : 'system-cluster-critical'),
      dnsPolicy: props.dnsPolicy,
      securityContext: {
        ...podSecurity,
        runAsUser: user,
        runAsGroup: user,
        ...(user === 0 ? { runAsNonRoot: false, fsGroup: undefined, fsGroupChangePolicy: undefined } : { fsGroup: user }),
      },
      ...placed(cluster, props, selector, where),
      terminationGracePeriodSeconds: props.graceSeconds ?? 30,
      initContainers: props.initContainers === undefined ? undefined : [...props.initContainers],
      containers: [
        {
          name: props.part,
          image: props.image,
          imagePullPolicy: 'IfNotPresent',
          command: props.command === undefined ? undefined : [...props.command],
          args: props.args.length === 0 ? undefined : [...props.args],
          env: props.env === undefined ? undefined : [...props.env],
          ports: Object.entries<number>(props.ports).map(([port, containerPort]) => ({ name: port, containerPort })),
          resources: resourceRequirements(props.resources),
          livenessProbe: probe(props.liveness, props.ports, `${where}.liveness`),
          readinessProbe: probe(props.readiness, props.ports, `${where}.readiness`),
          lifecycle: props.lifecycle,
          securityContext: { ...containerSecurity(), ...props.security },
          volumeMounts: volumeMounts(props),
        },
      ],
      volumes: volumes.length === 0 ? undefined : volumes.map(([volume, { volume: source }]) => ({ name: volume, ...source })),
    },
  };
}

/** Where the pods run: spread over their node group, or on every node. */
function placed<Port extends string>(
  cluster: Cluster,
  { everyNode, nodeGroup, claims }: ProgramProps<Port>,
  selector: Labels,
  where: string,
): Pick<k8s.PodSpec, 'affinity' | 'tolerations' | 'topologySpreadConstraints'> {
  if (everyNode === true) return { tolerations: [{ operator: 'Exists' }] };
  return {
    ...placement(cluster, nodeGroup ?? firstGroup(cluster, where), where),
    topologySpreadConstraints: spread(selector, 'ScheduleAnyway', claims === undefined ? 'Deployment' : 'StatefulSet'),
  };
}

function firstGroup(cluster: Cluster, where: string): string {
  const [first] = cluster.nodeGroups;
  if (first === undefined) throw new Error(`${where}: overlays/${cluster.name}/cluster.ts has no node groups. State at least one.`);
  return first.name;
}
