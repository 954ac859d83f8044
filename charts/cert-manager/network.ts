import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { apiServer, awsApis, commonEdges, type Edge, type NetworkPart, type PodParty, prometheus } from '../network';
import { CERT_MANAGER_NAMESPACE, PROGRAMS } from './names';

/** Port of the programs' metrics. */
export const METRICS_PORT = 9402;
/** Port on which the webhook answers the API server. */
export const WEBHOOK_PORT = 10250;

const pods = (part: keyof typeof PROGRAMS, ports: PodParty['ports'] = {}): PodParty => ({
  name: PROGRAMS[part],
  namespace: CERT_MANAGER_NAMESPACE,
  selector: componentSelector('cert-manager', part),
  serviceAccount: PROGRAMS[part],
  // The mesh's own certificates come from here, so it has to run without the mesh.
  meshed: false,
  ports: { 'http-metrics': { number: METRICS_PORT }, ...ports },
});

/** Pods of cert-manager, by part. */
export const PARTIES = {
  controller: pods('controller'),
  webhook: pods('webhook', { https: { number: WEBHOOK_PORT } }),
  cainjector: pods('cainjector'),
};

/** What cert-manager's pods do on the network. The API server calls the webhook from its own addresses in the VPC. */
export function certManagerNetwork(cluster: Cluster): NetworkPart {
  const { caller, callee } = apiServer(cluster);
  const parties = Object.values(PARTIES);
  return {
    parties,
    edges: [
      ...parties.flatMap((party): readonly Edge[] => [
        ...commonEdges(party, cluster),
        { from: party, to: callee, port: 443 },
        { from: prometheus(cluster), to: party, port: 'http-metrics', direct: true },
      ]),
      { from: caller, to: PARTIES.webhook, port: 'https' },
      // The internet is part of where AWS answers.
      {
        from: PARTIES.controller,
        to: awsApis(cluster),
        port: 443,
        why: 'orders certificates from Let’s Encrypt, writes challenges to Route 53',
      },
    ],
  };
}
