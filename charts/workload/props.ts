import type { Slo } from '../alerts/slo';
import type { ClientRateLimit } from '../exposure/choice';
import type { TrafficProtocol, TrafficRoute } from '../network/party';
import type { Varies, VariesOptional } from '../overlay/value';
import type { Business } from './business';
import type { Env } from './env';
import type { Probe } from './probe';
import type { FixedReplicas, Scale } from './scaling';
import type { SecretProps } from './secret';
import type { ConfigFiles, Volume, VolumeClaim } from './storage';

/** Quantities of a container: `cpu: '200m'`, `memory: '256Mi'`. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Memory is limited always; a cpu limit throttles and may be left out. */
  readonly limits: { readonly memory: string; readonly cpu?: string };
}

/** Departures from the rules, each with its reason, which is rendered as an annotation. */
export interface Exemptions {
  /** The container writes to its own file system. */
  readonly writableRootFilesystem?: string;
  /** Checks of this project that do not hold here, by id. @default - none */
  readonly checks?: Readonly<Record<string, string>>;
}

/** A container beside or before the workload's own. */
export interface ExtraContainer {
  /** Given image name, as in `releases.yaml`. @default - the workload's own image */
  readonly image?: string;
  /** @default - the image's entrypoint */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Env;
  readonly resources: Resources;
  /** Volumes, config and secrets of the workload that this container sees too. @default - none */
  readonly mounts?: readonly string[];
  /** Ports by name; only metrics are reached there. @default - none */
  readonly ports?: Readonly<Record<string, number>>;
  /** Restarts this container when it fails, on one of its own ports. Not for init containers. @default - none */
  readonly liveness?: Probe<string>;
}

/** What every workload says, whatever it runs as. `Port` are the names of its ports. */
export interface PodProps<Port extends string> {
  /** Image without registry and tag, as `authorworks/gateway`; the contract names the registry, the release the tag. */
  readonly image: string;
  /** @default - the image's entrypoint */
  readonly command?: readonly string[];
  /** @default - the image's arguments */
  readonly args?: readonly string[];
  /** Node group that the pods run on, by name. */
  readonly nodeGroup: Varies<string>;
  readonly resources: Varies<Resources>;
  /** @default - none */
  readonly env?: Env;
  /** ConfigMaps by short name; the object is `<workload>-<short name>`. @default - none */
  readonly config?: Readonly<Record<string, VariesOptional<ConfigFiles>>>;
  /** Secrets by short name; the object is `<workload>-<short name>`. @default - none */
  readonly secrets?: Readonly<Record<string, VariesOptional<SecretProps>>>;
  /** Volumes by name. @default - none; the root file system is read-only */
  readonly volumes?: Readonly<Record<string, VariesOptional<Volume>>>;
  /** PostgreSQL behind the cluster's PgBouncer. @default - none */
  readonly database?: VariesOptional<DatabaseUse>;
  /** Redis, by its name in the contract. Sets `REDIS_HOST`, `REDIS_PORT` and `REDIS_TLS`. @default - none */
  readonly redis?: VariesOptional<string>;
  /** Buckets, by their name in the contract; each sets `<NAME>_BUCKET` and requires an IAM role for the service account. @default - none */
  readonly buckets?: Readonly<Record<string, 'read' | 'read-write'>>;
  /** Containers that must end before the workload starts, by name, in this order. @default - none */
  readonly init?: Readonly<Record<string, VariesOptional<ExtraContainer>>>;
  /** Containers beside the workload, by name. @default - none */
  readonly sidecars?: Readonly<Record<string, VariesOptional<ExtraContainer>>>;
  /** PriorityClass. @default - the cluster's default, 0 */
  readonly priorityClass?: VariesOptional<string>;
  /** Whether the pods talk to the Kubernetes API, and so get a token. @default false */
  readonly kubernetesApi?: boolean;
  /** Port and path that Prometheus scrapes, through a PodMonitor. @default - not scraped */
  readonly metrics?: Metrics<NoInfer<Port>>;
  /** Departures from the rules, with reasons. @default - none */
  readonly exemptions?: Exemptions;
  /** Labels that select the pods, where a document gives them; they can never change. @default - `app.kubernetes.io/name` and `-/instance` */
  readonly selector?: Readonly<Record<string, string>>;
  /** Further labels of the pods (never of selectors). @default - none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Further annotations of the pods. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** Spans that a workload sends, by OpenTelemetry's protocol; the cluster has to choose where they go (`components.traces`). */
export interface Telemetry {
  /** What its SDK speaks. */
  readonly protocol: 'grpc' | 'http/protobuf';
  /** Further attributes of all its spans; without commas and equals signs. @default - environment, platform, namespace, node and pod alone */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Where Prometheus scrapes a workload. */
export interface Metrics<Port extends string> {
  readonly port: Port;
  readonly path: string;
  /** What of it is about the product, for its dashboard. @default - nothing */
  readonly business?: Business;
}

/** A database behind PgBouncer. The workload gets `DATABASE_HOST`, `_PORT` and `_NAME`, and the credentials as files: `DATABASE_USER_FILE`, `DATABASE_PASSWORD_FILE`. */
export interface DatabaseUse {
  /** Name in the contract. */
  readonly name: string;
  /** Server connections that PgBouncer keeps for this workload. */
  readonly poolSize: number;
}

/** What long-running workloads say beside {@link PodProps}. */
export interface RunningProps<Port extends string> extends PodProps<Port> {
  /** Pods: `{ min, max }` renders a HorizontalPodAutoscaler, `fixed(n)` a number. */
  readonly scale: Varies<Scale | FixedReplicas>;
  /** Restarts the container when it fails. @default - none */
  readonly liveness?: Probe<NoInfer<Port>>;
  /** Takes the pod out of its Service while it fails. @default - none */
  readonly readiness?: Probe<NoInfer<Port>>;
  /** Holds the other two back until it succeeds once. @default - none */
  readonly startup?: Probe<NoInfer<Port>>;
  /** Graceful end of a pod. @default { preStopSeconds: 5, graceSeconds: 30 } */
  readonly termination?: VariesOptional<Termination>;
  /** How many pods a drain may take at once: a number or a percentage. @default - the environment's */
  readonly maxUnavailable?: VariesOptional<number | string>;
  /** Claims that each pod gets for itself, by name; they make the workload a StatefulSet. @default - none */
  readonly claims?: Readonly<Record<string, VolumeClaim>>;
  /** Spans that the workload sends to the cluster's collector. Sets `OTEL_*`. @default - none */
  readonly telemetry?: VariesOptional<Telemetry>;
  /** Schema migration that runs before a new version, inside the same Application. @default - none */
  readonly migration?: VariesOptional<MigrationProps>;
}

/** Graceful end of a pod, in seconds. */
export interface Termination {
  /** Time for endpoints and proxies to forget the pod before it gets SIGTERM; 0 renders no hook. The image needs a `sleep` command. */
  readonly preStopSeconds: number;
  /** What runs instead of `sleep <preStopSeconds>`, for programs that end otherwise than by SIGTERM. @default - sleep */
  readonly preStopCommand?: readonly string[];
  /** Time from the start of the preStop hook to SIGKILL; longer than `preStopSeconds`. */
  readonly graceSeconds: number;
}

/** A Job that Argo CD runs in wave 1 of a sync, before the workload of wave 2; a failed one stops the sync. */
export interface MigrationProps {
  /** @default - the workload's own image */
  readonly image?: string;
  /** @default - the image's entrypoint */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly resources: Resources;
  /** Seconds after which the Job is stopped and counts as failed. @default 600 */
  readonly deadlineSeconds?: number;
  /** @default 1 */
  readonly retries?: number;
}

/** A host of the platform under which a port is reachable from outside. */
export interface Expose<Port extends string> {
  /** Name below the domain of the contract's hosted zone `public`, as `api`. */
  readonly host: Varies<string>;
  /** @default - the first of `ports` */
  readonly port?: Port;
  /** Path prefix. @default '/' */
  readonly path?: string;
  /** Largest request body, as nginx writes it. @default '1m' */
  readonly maxBodySize?: string;
  /** Seconds that an idle request or WebSocket may last. @default 60 */
  readonly readTimeoutSeconds?: number;
  /** What one client may ask for; more gets status 429. @default - what the cluster's way in says */
  readonly rateLimit?: ClientRateLimit;
}

/** What the mesh is told of one port. */
export interface PortTraffic {
  /** @default - found out from the first bytes of each connection */
  readonly protocol?: TrafficProtocol;
  /** Requests per second that each pod takes, in all and of each caller; more get status 429. @default - no limit */
  readonly rateLimit?: { readonly total?: number; readonly perCaller?: number };
  /** Requests with a timeout or retries of their own, by name. @default - all are alike: see the options of the callers */
  readonly routes?: Readonly<Record<string, TrafficRoute>>;
}

/** When the mesh stops sending requests to a pod that fails (Linkerd's consecutive failure accrual). */
export interface CircuitBreaker {
  /** Failures (status 5xx) in a row after which a pod gets no more requests. */
  readonly failures: number;
  /** First time that a pod is left alone; it doubles with every further failure. @default '1s' */
  readonly minPenalty?: string;
  /** Longest time that a pod is left alone. @default '1m' */
  readonly maxPenalty?: string;
  /** Random part of the times, 0 to 100 (times the penalty). @default 0.5 */
  readonly jitter?: number;
}

/** A workload that others call. */
export interface ServiceProps<Port extends string> extends RunningProps<Port> {
  /** Ports by name; the first is the default of probes, metrics and `expose`. */
  readonly ports: Readonly<Record<Port, number>>;
  /** Annotations of the Service. @default - none */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /**
   * Ports that the mesh's proxy lets pass unseen, for callers without a proxy, as cron jobs below Kubernetes 1.29: only the
   * NetworkPolicy judges there. @default - none
   */
  readonly outsideMesh?: readonly NoInfer<Port>[];
  /** What the mesh is told of the ports. @default - it finds the protocols out by itself, and limits nothing */
  readonly traffic?: Readonly<Partial<Record<NoInfer<Port>, VariesOptional<PortTraffic>>>>;
  /** When the mesh stops sending requests to a pod that fails. @default - never */
  readonly circuitBreaker?: VariesOptional<CircuitBreaker>;
  /** What callers may rely on; alerts say when it will not hold. Only where there is a mesh, which measures it. @default - nothing is promised */
  readonly slo?: VariesOptional<Slo>;
  /** Public host. @default - reachable only from inside, by `calls` */
  readonly expose?: VariesOptional<Expose<NoInfer<Port>>>;
}

/** A workload that nobody calls; its ports serve probes and metrics. */
export interface WorkerProps<Port extends string> extends RunningProps<Port> {
  /** @default - none */
  readonly ports?: Readonly<Record<Port, number>>;
}

/** A workload that runs by the clock and ends. */
export interface CronJobProps extends PodProps<never> {
  /** Five cron fields, in UTC. */
  readonly schedule: Varies<string>;
  /** Seconds after which a run is stopped. */
  readonly deadlineSeconds: number;
  /** @default 2 */
  readonly retries?: number;
  /** Whether the schedule rests. @default false */
  readonly suspend?: VariesOptional<boolean>;
}
