import type { Cluster } from '../cluster';
import type { PartyPort, PodParty } from '../network/party';
import { selectorOf, standardSelector } from './labels';
import { isMeshed } from './mesh';
import { migrationName } from './migration';
import type { ResolvedWorkload } from './resolve';

/**
 * The pods of a workload as an end of connections.
 * @throws when the mesh is told of ports that are not there, or of requests that it does not see
 */
export function partyOf(workload: ResolvedWorkload, cluster: Cluster): PodParty {
  const { name, kind } = workload;
  return {
    name,
    namespace: cluster.namespace,
    selector: selectorOf(workload, cluster.platform),
    serviceAccount: name,
    meshed: isMeshed(cluster, kind === 'cronJob' ? 'job' : 'running'),
    ports: portsOf(workload),
  };
}

/** The pods of a workload's migration: they run under the workload's service account, and nobody calls them. */
export function migrationParty(workload: ResolvedWorkload, cluster: Cluster): PodParty {
  const name = migrationName(workload.name);
  return {
    name,
    namespace: cluster.namespace,
    selector: standardSelector(name, cluster.platform),
    serviceAccount: workload.name,
    meshed: isMeshed(cluster, 'job'),
    ports: {},
  };
}

/** Ports of all containers by name; on a clash the workload's own. */
function portsOf(workload: ResolvedWorkload): PodParty['ports'] {
  if (workload.kind === 'cronJob') return {};
  const { key, props } = workload;
  const sidecars: Readonly<Record<string, number>> = Object.assign(
    {},
    ...Object.values(props.sidecars ?? {}).map(({ ports }) => ports ?? {}),
  );
  const ports: Record<string, PartyPort> = {};
  for (const [name, number] of Object.entries({ ...sidecars, ...props.ports })) ports[name] = { number };
  if (workload.kind === 'worker') return ports;
  const { traffic = {}, outsideMesh = [] } = workload.props;
  const named = [...outsideMesh.map((name) => ['outsideMesh', name]), ...Object.keys(traffic).map((name) => ['traffic', name])];
  for (const [field = '', name = ''] of named) {
    if (Object.hasOwn(workload.props.ports, name)) continue;
    throw new Error(
      `${key}.${field}: names port "${name}", but the ports are ${Object.keys(workload.props.ports).join(', ')}. Name one of them.`,
    );
  }
  for (const [name, stated] of Object.entries(traffic)) {
    const { protocol, rateLimit, routes } = stated ?? {};
    const acts = rateLimit !== undefined || routes !== undefined;
    if (outsideMesh.includes(name) || (acts && (protocol === 'opaque' || protocol === 'TLS'))) {
      throw new Error(
        `${key}.traffic.${name}: the mesh sees no requests on this port (${outsideMesh.includes(name) ? 'it is outside the mesh' : `its protocol is ${protocol}`}). Take out what it cannot act on.`,
      );
    }
    ports[name] = {
      number: workload.props.ports[name] ?? 0,
      ...(protocol === undefined ? {} : { mesh: protocol }),
      ...(rateLimit === undefined ? {} : { rateLimit }),
      ...(routes === undefined ? {} : { routes }),
    };
  }
  for (const name of outsideMesh) ports[name] = { number: workload.props.ports[name] ?? 0, mesh: 'outside' };
  return ports;
}
