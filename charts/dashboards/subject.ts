import type { Cluster } from '../cluster';
import { type Graph, prometheus } from '../network';
import { isPodEdge, isThroughMesh, type PodEdge } from '../network/edge';
import { isPods, type PodParty, PROXY_ADMIN } from '../network/party';
import { isSame } from '../network/policy';
import type { ResolvedWorkload } from '../workload/resolve';

/** What dashboards are made of: a cluster, what runs in it, and who calls whom. */
export interface Subject {
  readonly cluster: Cluster;
  readonly workloads: readonly ResolvedWorkload[];
  readonly graph: Pick<Graph, 'parties' | 'edges'>;
  /** Logs, by the data source of a namespace's tenant. @default - the cluster keeps none */
  readonly logs?: { readonly uidOf: (namespace: string) => string | undefined };
  /** Traces. @default - the cluster keeps none */
  readonly traces?: { readonly uid: string };
}

/** Kinds of workloads that run on, and so have a number of pods. */
export type Running = Extract<ResolvedWorkload, { kind: 'service' | 'worker' }>;

export const isRunning = (workload: ResolvedWorkload): workload is Running => workload.kind !== 'cronJob';

/** Whether a running workload is a StatefulSet: its pods have claims of their own. */
export const isStateful = ({ props }: Running): boolean => Object.keys(props.claims ?? {}).length > 0;

/** Name of what the mesh calls the port of a workload: the `Server` of its policies. */
const serverName = (party: PodParty, port: string): string => `${party.name}-${port}`;

/** Calls through the mesh, scrapes left out. */
const meshed = ({ graph, cluster }: Subject): readonly PodEdge[] =>
  graph.edges.filter(isPodEdge).filter((edge) => {
    const scraped = isPods(edge.from) && isSame(edge.from, prometheus(cluster));
    return isThroughMesh(edge) && !scraped && edge.port !== PROXY_ADMIN && edge.to.ports[edge.port]?.mesh !== 'opaque';
  });

const named = ({ name, namespace }: { readonly name: string; readonly namespace: string }, { cluster }: Subject, workload: string) =>
  name === workload && namespace === cluster.namespace;

/** `Server`s of a workload's ports that others call with requests the mesh sees, sorted. */
export function serversOf(workload: string, subject: Subject): readonly string[] {
  const ports = meshed(subject).filter(({ to }) => named(to, subject, workload));
  return [...new Set(ports.map(({ to, port }) => serverName(to, port)))].sort();
}

/** `Server`s that a workload calls in its own namespace, sorted. */
export function calledBy(workload: string, subject: Subject): readonly string[] {
  const calls = meshed(subject).filter(({ from, to }) => isPods(from) && named(from, subject, workload) && to.namespace === from.namespace);
  return [...new Set(calls.map(({ to, port }) => serverName(to, port)))].sort();
}
