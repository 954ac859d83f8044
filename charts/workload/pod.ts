import type { k8s } from 'cdk8s-plus-28';
import { imageReference, releaseOf } from '../aws/releases';
import type { Cluster } from '../cluster';
import { meshPodAnnotations } from '../network/pod-annotations';
import type { Resolved } from '../overlay/resolved';
import { boundEnvironment } from './bindings';
import { containerSecurity, environment, podSecurity, probe, resourceRequirements } from './container';
import type { WorkloadContext } from './context';
import type { ContractValue } from './env';
import { digest } from './hash';
import { type Labels, labelsOf, selectorOf } from './labels';
import { meshAnnotations } from './mesh';
import { partyOf } from './party';
import { placement, spread } from './placement';
import type { ExtraContainer, Termination } from './props';
import type { ResolvedWorkload } from './resolve';
import { type FetchedSecret, secretsOf, storedKey } from './secrets';
import { telemetryEnvironment } from './telemetry';
import { type MountedVolume, scratchOf, volumesOf } from './volumes';

const DEFAULT_TERMINATION: Termination = { preStopSeconds: 5, graceSeconds: 30 };

const LABEL_VALUE = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;

/** The pod template of a workload. */
export function podTemplate(context: WorkloadContext): k8s.PodTemplateSpec {
  const { workload, cluster, scope } = context;
  const { props } = workload;
  const secrets = secretsOf(context);
  const volumes = volumesOf(workload, secrets);
  const running = workload.kind === 'cronJob' ? undefined : workload.props;
  const termination = running === undefined ? undefined : (running.termination ?? DEFAULT_TERMINATION);
  return {
    metadata: {
      labels: podLabels(context),
      annotations: unlessEmpty({
        ...checksums(workload, secrets),
        ...meshAnnotations(cluster, workload.kind === 'cronJob' ? 'job' : 'running', termination?.graceSeconds),
        ...meshPodAnnotations(partyOf(workload, cluster), context.edges),
        ...props.podAnnotations,
      }),
    },
    spec: {
      serviceAccountName: workload.name,
      automountServiceAccountToken: props.kubernetesApi ?? false,
      enableServiceLinks: false,
      priorityClassName: props.priorityClass,
      securityContext: podSecurity,
      ...placement(cluster, props.nodeGroup, `${scope.node.path}: nodeGroup of ${workload.key}`),
      topologySpreadConstraints:
        running === undefined
          ? undefined
          : spread(
              selectorOf(workload, cluster.platform),
              zoneSpread(cluster, props.nodeGroup),
              running.claims === undefined ? 'Deployment' : 'StatefulSet',
            ),
      terminationGracePeriodSeconds: termination?.graceSeconds,
      initContainers: extraContainers(context, props.init, volumes),
      containers: [mainContainer(context, secrets, volumes, termination), ...(extraContainers(context, props.sidecars, volumes) ?? [])],
      volumes: someOf(volumes.flatMap(({ volume }) => (volume === undefined ? [] : [volume]))),
      restartPolicy: workload.kind === 'cronJob' ? 'Never' : undefined,
    },
  };
}

/** Labels of the pods: those of every object, the version that runs, and the further ones. */
function podLabels({ workload, cluster, scope }: WorkloadContext): Labels {
  const { image, podLabels: further = {} } = workload.props;
  const { tag } = releaseOf(cluster.releases, image);
  const selector = selectorOf(workload, cluster.platform);
  const clash = Object.keys(further).find((key) => Object.hasOwn(selector, key));
  if (clash !== undefined) {
    throw new Error(`${scope.node.path}: ${workload.key}.podLabels: "${clash}" is a label by which the pods are selected. Take it out.`);
  }
  // Not every tag is a label value: it may be longer, and end in a dot or a hyphen.
  const version: Labels = LABEL_VALUE.test(tag) ? { 'app.kubernetes.io/version': tag } : {};
  return { ...labelsOf(workload, cluster.platform), ...version, ...further };
}

/** On spot nodes one zone may have none to offer: pods should be spread there, but rather run. */
function zoneSpread(cluster: Cluster, group: string): 'DoNotSchedule' | 'ScheduleAnyway' {
  const spot = cluster.nodeGroups.some(({ name, spot }) => name === group && spot);
  return spot ? 'ScheduleAnyway' : cluster.environment.zoneSpread;
}

/** Changes when a ConfigMap or a pinned secret changes, so that the pods are replaced. */
function checksums(workload: ResolvedWorkload, secrets: readonly FetchedSecret[]): Labels {
  const annotations: Record<string, string> = {};
  for (const [short, { files }] of Object.entries(workload.props.config ?? {})) annotations[`checksum/config-${short}`] = digest(files);
  for (const { short, version } of secrets) {
    if (version !== undefined) annotations[`checksum/secret-${short}`] = digest(version);
  }
  return annotations;
}

function mainContainer(
  { workload, cluster, scope }: WorkloadContext,
  secrets: readonly FetchedSecret[],
  volumes: readonly MountedVolume[],
  termination: Termination | undefined,
): k8s.Container {
  const { props, name } = workload;
  const running = workload.kind === 'cronJob' ? undefined : workload.props;
  const ports: Readonly<Record<string, number>> = running?.ports ?? {};
  const where = `${scope.node.path}: ${workload.key}`;
  if (termination !== undefined && termination.preStopSeconds >= termination.graceSeconds) {
    throw new Error(
      `${where}: termination.preStopSeconds is ${termination.preStopSeconds}, graceSeconds ${termination.graceSeconds}: the pod would be killed inside its preStop hook. Give a longer graceSeconds.`,
    );
  }
  return {
    name,
    image: imageReference(cluster.aws, cluster.releases, props.image),
    imagePullPolicy: 'IfNotPresent',
    command: list(props.command),
    args: list(props.args),
    ports: containerPorts(ports),
    env: someOf(
      [
        ...environment(
          { ...boundEnvironment(workload, cluster), ...telemetryEnvironment(workload, cluster), ...props.env },
          readContract(cluster),
        ),
        ...secretEnvironment(secrets),
      ].sort(byName),
    ),
    resources: resourceRequirements(props.resources, scratchOf(props)),
    startupProbe: probe(running?.startup, ports, `${where}.startup`),
    livenessProbe: probe(running?.liveness, ports, `${where}.liveness`),
    readinessProbe: probe(running?.readiness, ports, `${where}.readiness`),
    lifecycle:
      termination !== undefined && termination.preStopSeconds > 0
        ? { preStop: { exec: { command: [...(termination.preStopCommand ?? ['sleep', String(termination.preStopSeconds)])] } } }
        : undefined,
    securityContext: containerSecurity(props.exemptions),
    volumeMounts: someOf(volumes.map(({ mount }) => mount)),
  };
}

function extraContainers(
  { workload, cluster, scope }: WorkloadContext,
  containers: Readonly<Record<string, Resolved<ExtraContainer>>> | undefined,
  volumes: readonly MountedVolume[],
): k8s.Container[] | undefined {
  if (containers === undefined) return undefined;
  return Object.entries(containers).map(([name, container]) => ({
    name,
    image: imageReference(cluster.aws, cluster.releases, container.image ?? workload.props.image),
    imagePullPolicy: 'IfNotPresent',
    command: list(container.command),
    args: list(container.args),
    ports: container.ports === undefined ? undefined : containerPorts(container.ports),
    livenessProbe: probe(container.liveness, container.ports ?? {}, `${scope.node.path}: liveness of container ${name} of ${workload.key}`),
    env: container.env === undefined ? undefined : environment(container.env, readContract(cluster)),
    resources: resourceRequirements(container.resources),
    securityContext: containerSecurity(),
    volumeMounts: container.mounts?.map((short) => {
      const found = volumes.find((volume) => volume.short === short);
      if (found === undefined) {
        throw new Error(
          `${scope.node.path}: container ${name} of ${workload.key} mounts "${short}", but the workload has ${volumes.map((volume) => `"${volume.short}"`).join(', ') || 'no volumes'}. Name one of its volumes, config or secrets.`,
        );
      }
      return found.mount;
    }),
  }));
}

function secretEnvironment(secrets: readonly FetchedSecret[]): k8s.EnvVar[] {
  return secrets.flatMap(({ objectName, env, version }) =>
    env.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: objectName, key: storedKey(key, version) } } })),
  );
}

const readContract =
  (cluster: WorkloadContext['cluster']) =>
  (value: ContractValue): string =>
    value.read(cluster.aws);

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

/** A mutable copy, as the typed API wants it. */
const list = (values: readonly string[] | undefined): string[] | undefined => (values === undefined ? undefined : [...values]);

const containerPorts = (ports: Readonly<Record<string, number>>): k8s.ContainerPort[] | undefined =>
  someOf(Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })));

/** An empty list is noise in the rendered file, and the API server stores none: every sync would write the object again. */
const someOf = <T>(items: readonly T[]): T[] | undefined => (items.length === 0 ? undefined : [...items]);

const unlessEmpty = (labels: Labels): Labels | undefined => (Object.keys(labels).length === 0 ? undefined : labels);
