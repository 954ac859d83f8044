import { database } from '../aws/refs';
import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { commonEdges, databaseSubnets, ingressController, internet, type NetworkPart, type PodParty, prometheus } from '../network';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import type { GrafanaChoices, GrafanaSources } from './choices';
import { GRAFANA, PORT } from './names';
import { clientOf } from './settings';

/** Its pods. */
export const grafanaParty = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<'http'> => ({
  name: GRAFANA,
  namespace: MONITORING_NAMESPACE,
  selector: componentSelector(GRAFANA, 'server'),
  serviceAccount: GRAFANA,
  meshed: mesh,
  ports: { http: { number: PORT } },
});

/** What Grafana does on the network: it asks its data sources and, when somebody signs in, the identity provider. */
export function grafanaNetwork(cluster: Cluster, choices: GrafanaChoices, sources: GrafanaSources): NetworkPart {
  const party = grafanaParty(cluster);
  const { oidc } = cluster.aws.data;
  const asked = Object.values(sources).flatMap((source) => (source === undefined ? [] : [source]));
  return {
    parties: [party],
    edges: [
      ...commonEdges(party, cluster),
      ...(choices.expose === undefined ? [] : [{ from: ingressController(cluster), to: party, port: 'http' }]),
      { from: prometheus(cluster), to: party, port: 'http', direct: true },
      { from: party, to: prometheus(cluster), port: 'web' },
      ...asked.map(({ party: to, port }) => ({ from: party, to, port })),
      ...(oidc === undefined || clientOf(cluster) === undefined
        ? []
        : [{ from: party, to: internet(cluster), port: 443, why: `${new URL(oidc.tokenEndpoint).hostname}: people sign in there` }]),
      ...(choices.database === undefined
        ? []
        : [
            {
              from: party,
              to: databaseSubnets(cluster),
              port: database(cluster.aws, choices.database).port,
              tlsFirst: false,
              why: `database ${choices.database}`,
            },
          ]),
    ],
  };
}
