import type { Cluster } from '../cluster';
import { apiServer, awsApis, commonEdges, type Edge, type NetworkPart, type PodParty, prometheus } from '../network';
import { EXTERNAL_SECRETS_NAMESPACE } from './names';

/** Pods of the upstream chart, by the names that it gives them. */
const pods = (name: string, ports: PodParty['ports'] = {}): PodParty => ({
  name,
  namespace: EXTERNAL_SECRETS_NAMESPACE,
  selector: { 'app.kubernetes.io/instance': 'external-secrets', 'app.kubernetes.io/name': name },
  serviceAccount: name,
  meshed: false,
  ports: { metrics: { number: 8080 }, ...ports },
  foreign: true,
});

const OPERATOR = pods('external-secrets');
const WEBHOOK = pods('external-secrets-webhook', { webhook: { number: 10250 } });
const CERT_CONTROLLER = pods('external-secrets-cert-controller');
const ALL = [OPERATOR, WEBHOOK, CERT_CONTROLLER];

/** What the operator's pods do on the network. The API server calls the webhook from its own addresses in the VPC. */
export function externalSecretsNetwork(cluster: Cluster): NetworkPart {
  const { caller, callee } = apiServer(cluster);
  const common = ALL.flatMap((party): readonly Edge[] => [
    ...commonEdges(party, cluster),
    { from: party, to: callee, port: 443 },
    { from: prometheus(cluster), to: party, port: 'metrics', direct: true },
  ]);
  return {
    parties: ALL,
    edges: [
      ...common,
      { from: caller, to: WEBHOOK, port: 'webhook' },
      { from: OPERATOR, to: awsApis(cluster), port: 443, why: 'reads Secrets Manager and Parameter Store' },
    ],
  };
}
