import { database, endpoint, redis } from '../aws/refs';
import type { Cluster } from '../cluster';
import { exposureEdges, firstPort } from '../exposure';
import type { Edge } from '../network/edge';
import type { NetworkPart } from '../network/graph';
import type { PodParty } from '../network/party';
import { apiServer, awsApis, commonEdges, databaseSubnets, internet, prometheus } from '../network/well-known';
import { COLLECTOR } from '../otel-collector/calls';
import { roleArn } from './bindings';
import { type Call, ComponentCall, DatabaseCall, WorkloadCall } from './calls';
import { migrationParty, partyOf } from './party';
import type { ResolvedWorkload } from './resolve';

/** Ports on which servers expect TLS at once. */
const TLS_PORTS = [443, 465, 636, 993, 995, 8443];

/** The pods of all workloads of a cluster, what they call, and who calls them. */
export function workloadsNetwork(cluster: Cluster, workloads: readonly ResolvedWorkload[]): NetworkPart {
  const parties = new Map(workloads.map((workload) => [workload.name, partyOf(workload, cluster)]));
  const migrations = workloads.filter(hasMigration).map((workload) => ({ workload, party: migrationParty(workload, cluster) }));
  return {
    parties: [...parties.values(), ...migrations.map(({ party }) => party)],
    edges: [
      ...workloads.flatMap((workload) => edgesOf(workload, cluster, parties)),
      ...migrations.flatMap(({ workload, party }) => migrationEdges(workload, party, cluster)),
    ],
  };
}

const hasMigration = ({ kind, props }: ResolvedWorkload): boolean =>
  kind !== 'cronJob' && 'migration' in props && props.migration !== undefined && props.database !== undefined;

function edgesOf(workload: ResolvedWorkload, cluster: Cluster, parties: ReadonlyMap<string, PodParty>): readonly Edge[] {
  const { props, calls } = workload;
  const own = parties.get(workload.name) ?? partyOf(workload, cluster);
  const edges: Edge[] = [...commonEdges(own, cluster), ...calls.flatMap((call) => calledBy(own, call, cluster, parties))];
  if (props.redis !== undefined) {
    const { port, tls } = redis(cluster.aws, props.redis);
    edges.push({ from: own, to: databaseSubnets(cluster), port, why: `Redis ${props.redis}`, tlsFirst: tls });
  }
  if (props.kubernetesApi === true) edges.push({ from: own, to: apiServer(cluster).callee, port: 443 });
  // A role is assumed, and used, over AWS's APIs.
  if (roleArn(workload, cluster) !== undefined)
    edges.push({ from: own, to: awsApis(cluster), port: 443, tlsFirst: true, why: awsReason(workload) });
  if (workload.kind === 'service' && workload.props.expose !== undefined) {
    known(workload, own, 'expose.port', workload.props.expose.port ?? firstPort(workload.props.ports));
    edges.push(...exposureEdges(workload, own, cluster));
  }
  if (workload.kind !== 'cronJob' && workload.props.telemetry !== undefined)
    edges.push(...calledBy(own, COLLECTOR[workload.props.telemetry.protocol].call, cluster, parties));
  if (workload.kind !== 'cronJob' && props.metrics !== undefined) {
    edges.push({ from: prometheus(cluster), to: own, port: known(workload, own, 'metrics.port', props.metrics.port), direct: true });
  }
  return edges;
}

function calledBy(from: PodParty, call: Call, cluster: Cluster, parties: ReadonlyMap<string, PodParty>): readonly Edge[] {
  if (call instanceof WorkloadCall) {
    const to = parties.get(call.workload);
    // A call of a workload that is not there has been refused before.
    return to === undefined ? [] : [{ from, to, port: call.port, options: call.options }];
  }
  if (call instanceof ComponentCall) return [{ from, to: call.party(cluster), port: call.port, options: call.options }];
  if (call instanceof DatabaseCall) return [databaseEdge(from, call.database, cluster)];
  const { host, port, why } = endpoint(cluster.aws, call.endpoint);
  return [{ from, to: internet(cluster), port, why: `${host}: ${why}`, tlsFirst: TLS_PORTS.includes(port) }];
}

function migrationEdges(workload: ResolvedWorkload, party: PodParty, cluster: Cluster): readonly Edge[] {
  const { database: used } = workload.props;
  return used === undefined ? [] : [...commonEdges(party, cluster), databaseEdge(party, used.name, cluster)];
}

/** PostgreSQL asks for TLS in its own words first. */
const databaseEdge = (from: PodParty, name: string, cluster: Cluster): Edge => ({
  from,
  to: databaseSubnets(cluster),
  port: database(cluster.aws, name).port,
  why: `database ${name}`,
  tlsFirst: false,
});

/** A port's name, if a container of the workload has it. @throws saying which field names the port */
function known({ key }: ResolvedWorkload, { ports }: PodParty, field: string, port: string): string {
  if (Object.hasOwn(ports, port)) return port;
  throw new Error(
    `${key}.${field}: names port "${port}", but the ports are ${Object.keys(ports).join(', ') || 'none'}. Name one of them, or add it to \`ports\`.`,
  );
}

/** What a workload with an IAM role does there, as far as it says. */
function awsReason({ props }: ResolvedWorkload): string {
  const buckets = Object.entries(props.buckets ?? {}).map(([name, use]) => `${use} bucket ${name}`);
  return ['assumes its IAM role', ...buckets].join(', ');
}
