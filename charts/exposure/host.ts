import { hostedZone } from '../aws/refs';
import type { Cluster } from '../cluster';
import { AFTER_MIGRATION } from '../workload/controller';
import { type Labels, labelsOf } from '../workload/labels';
import type { ResolvedWorkload } from '../workload/resolve';

export type Service = Extract<ResolvedWorkload, { kind: 'service' }>;
export type Exposed = NonNullable<Service['props']['expose']>;

/** What one exposed workload gives to whatever renders it. */
export interface Exposure {
  readonly workload: Service;
  readonly cluster: Cluster;
  readonly expose: Exposed;
  /** Full name: `api.authorworks.example`. */
  readonly host: string;
  /** Path prefix. */
  readonly path: string;
  /** Name of the port of the workload's Service. */
  readonly port: string;
}

/** A workload's exposure. @default - `undefined`: nothing outside reaches it */
export function exposureOf(workload: ResolvedWorkload, cluster: Cluster): Exposure | undefined {
  if (workload.kind !== 'service' || workload.props.expose === undefined) return undefined;
  const { expose, ports } = workload.props;
  return {
    workload,
    cluster,
    expose,
    host: `${expose.host}.${hostedZone(cluster.aws, 'public').domain}`,
    path: expose.path ?? '/',
    port: expose.port ?? firstPort(ports),
  };
}

/** Port that a workload means where it names none. */
export function firstPort(ports: Readonly<Record<string, number>>): string {
  const [first] = Object.keys(ports);
  if (first === undefined) throw new Error('a service without ports; name at least one in `ports`');
  return first;
}

/** Name of the Certificate of a workload's host, and of the Secret with its key. The same for every way in, so that moving keeps it. */
export const certificateName = ({ workload }: Exposure): string => `${workload.name}-tls`;

/** Metadata of what carries an exposure, named as the workload. */
export function metadataOf({ workload, cluster }: Exposure, annotations: Labels) {
  return {
    name: workload.name,
    namespace: cluster.namespace,
    labels: { ...labelsOf(workload, cluster.platform) },
    // What is reachable counts as healthy only once its controller has taken it up: the migration must not wait for that.
    annotations: { ...(workload.props.migration === undefined ? {} : AFTER_MIGRATION), ...annotations },
  };
}

/** Tells readers of the object which wishes of the workload the chosen way in cannot fulfil. */
export function notEnforced(wishes: Readonly<Record<string, string | undefined>>): Labels {
  const stated = Object.entries(wishes).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return stated.length === 0 ? {} : { 'exposure.fleet/not-enforced': stated.join(', ') };
}

/** A rate limit, as {@link notEnforced} says it. */
export const rateText = ({ rateLimit }: Exposed): string | undefined =>
  rateLimit === undefined
    ? undefined
    : Object.entries(rateLimit)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ');
