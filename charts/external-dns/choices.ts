import type { Cluster } from '../cluster';

/** Where external-dns finds names and what they lead to. */
export type DnsSource = 'ingress' | 'service' | 'gateway-httproute';

/** What a cluster may choose for its DNS records. */
export interface ExternalDnsChoices {
  /** @default - Ingresses and Services of type LoadBalancer */
  readonly sources?: readonly DnsSource[];
  /** Hosted zone of the contract, by name, to which records are written; to no other. @default 'public' */
  readonly zone?: string;
  /**
   * `sync` deletes records whose object is gone; `upsert-only` never deletes.
   * @default - `upsert-only` in production, where a name that is gone for a minute costs more than one that is left over; else `sync`
   */
  readonly policy?: 'sync' | 'upsert-only';
}

/** The choices, with their defaults. */
export function resolved(cluster: Pick<Cluster, 'environment'>, choices: ExternalDnsChoices): Required<ExternalDnsChoices> {
  const { sources = ['ingress', 'service'], zone = 'public' } = choices;
  return { sources, zone, policy: choices.policy ?? (cluster.environment.name === 'production' ? 'upsert-only' : 'sync') };
}
