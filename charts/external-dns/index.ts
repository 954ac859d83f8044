import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { ExternalDnsChart } from './chart';
import { type ExternalDnsChoices, resolved } from './choices';
import { externalDnsNetwork, NAME } from './network';

export type { DnsSource, ExternalDnsChoices } from './choices';
export * from './records';

/** external-dns: writes a record in Route 53 for every host that the cluster exposes. */
export function externalDns(cluster: Cluster, choices: ExternalDnsChoices = {}): PlatformComponent {
  const all = resolved(cluster, choices);
  return {
    runs: [catalogue['external-dns']],
    namespaces: [{ name: NAME, meshed: false, quota: { cpu: '100m', memory: '256Mi', pods: 3 } }],
    network: externalDnsNetwork(cluster),
    deliver: (app, { edges }) => [
      {
        chart: new ExternalDnsChart(app, NAME, cluster, all, edges),
        namespace: NAME,
        provides: [service(NAME)],
        // It stops where a kind that it is to watch is not served.
        needs: all.sources.includes('gateway-httproute') ? [crds('gateway.networking.k8s.io')] : [],
      },
    ],
  };
}
