import type { Cluster } from '../cluster';
import { ingressOf } from '../exposure/choice';
import type { PodParty } from '../network';
import { idOf } from '../network/party';
import type { Resources } from '../workload/props';

/** How Grafana is reached from outside the cluster. */
export interface GrafanaExposure {
  /** Name below the domain of the contract's hosted zone `public`, as `grafana`. */
  readonly host: string;
  /** Addresses that may reach it, as CIDRs: those of an office or a VPN; `anywhere` leaves it to the login. */
  readonly from: 'anywhere' | readonly [string, ...string[]];
}

/** What a cluster chooses of its Grafana. */
export interface GrafanaChoices {
  /** @default - reached by `kubectl port-forward` alone */
  readonly expose?: GrafanaExposure;
  /**
   * PostgreSQL by its name in the contract. It keeps sessions and what people make by hand, and allows a second pod.
   * @default - SQLite in the pod: what is not provisioned goes with it, and people sign in again
   */
  readonly database?: string;
  /** @default - 100m cpu, 384Mi memory, at most 768Mi */
  readonly resources?: Resources;
}

/** A program that Grafana asks. */
export interface Source {
  readonly party: PodParty;
  /** Name of the port. */
  readonly port: string;
}

/** What there is to ask in a cluster, beside Prometheus. */
export interface GrafanaSources {
  /** @default - alerts are seen in Prometheus alone */
  readonly alertmanager?: Source;
  /** Loki, with a tenant for each namespace. @default - no logs */
  readonly loki?: Source;
  /** @default - no traces */
  readonly jaeger?: Source;
}

/** What there is to ask, by what runs in the cluster. @param parties - pods of its components */
export function sourcesAmong(parties: readonly PodParty[]): GrafanaSources {
  const running = (id: string, port: string): Source | undefined => {
    const party = parties.find((each) => idOf(each) === id);
    return party === undefined ? undefined : { party, port };
  };
  return {
    alertmanager: running('monitoring/alertmanager', 'web'),
    loki: running('logging/loki', 'http'),
    jaeger: running('tracing/jaeger', 'query-http'),
  };
}

/**
 * Refuses choices that the cluster cannot have.
 * @throws when a host is wanted without ingress-nginx
 */
export function checkGrafanaChoices({ expose }: GrafanaChoices, cluster: Pick<Cluster, 'ingress' | 'name'>): void {
  const { kind } = ingressOf(cluster);
  if (expose === undefined || kind === 'nginx') return;
  throw new Error(
    `overlays/${cluster.name}/cluster.ts: Grafana has the host "${expose.host}", but the cluster's ingress is ${kind}, which it does not know. Leave \`expose\` out (kubectl port-forward reaches it), or use ingress-nginx.`,
  );
}
