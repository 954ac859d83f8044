import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { database, secretPath } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { dashboardsOf, type Folder, jsonText } from '../dashboards';
import { OTHER_TENANT, tenantsOf } from '../loki/tenants';
import { componentLabels, componentSelector } from '../native/labels';
import { type ProgramVolume, program } from '../native/program';
import { type Graph, policiesOf } from '../network';
import { meshPodAnnotations } from '../network/pod-annotations';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import { SECRET_STORES } from '../secret-stores/names';
import { digest } from '../workload/hash';
import type { Labels } from '../workload/labels';
import { meshAnnotations } from '../workload/mesh';
import { http } from '../workload/probe';
import type { Resources } from '../workload/props';
import type { ResolvedWorkload } from '../workload/resolve';
import { externalSecret } from '../workload/secrets';
import type { GrafanaChoices, GrafanaSources } from './choices';
import { dataSources, logsUid, UIDS } from './data-sources';
import { entrance } from './entrance';
import { iniText } from './ini';
import { CONTRACT_NAME, GRAFANA, PATHS, PORT, SECRETS } from './names';
import { grafanaParty } from './network';
import { folderPath, partsOf, providers } from './provisioning';
import { clientOf, hostOf, settings } from './settings';

export const RESOURCES: Resources = { requests: { cpu: '100m', memory: '384Mi' }, limits: { memory: '768Mi' } };
/** Seconds in which requests under way may end. */
const GRACE = 30;
/** ConfigMap of what Grafana reads when it starts. */
const CONFIG = 'grafana-config';

const LABELS: Labels = componentLabels(GRAFANA, 'server');

/** Pods: sessions are in the database, so there can be a second one only where they share it. */
export const replicasOf = ({ environment }: Pick<Cluster, 'environment'>, { database: shared }: GrafanaChoices): number =>
  shared !== undefined && environment.highAvailability ? 2 : 1;

/** A Secret, and what its keys are in AWS: property by key, the empty one for the whole value. */
interface Fetched {
  readonly key: keyof typeof SECRETS;
  readonly store: string;
  readonly remote: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** Grafana with its data sources and dashboards; one Argo CD Application. */
export class GrafanaChart extends NamedChart {
  /** @throws when the contract lacks a secret or a database, and as {@link dashboardsOf} does */
  constructor(
    scope: App,
    id: string,
    cluster: Cluster,
    workloads: readonly ResolvedWorkload[],
    choices: GrafanaChoices,
    sources: GrafanaSources,
    graph: Graph,
  ) {
    super(scope, id);
    const tenants = sources.loki === undefined ? undefined : tenantsOf(graph);
    const folders = dashboardsOf({
      cluster,
      workloads,
      graph,
      ...(tenants === undefined ? {} : { logs: { uidOf: (name: string) => logsUid(tenants.includes(name) ? name : OTHER_TENANT) } }),
      ...(sources.jaeger === undefined ? {} : { traces: { uid: UIDS.jaeger } }),
    });
    const config = {
      'grafana.ini': iniText(settings(cluster, choices)),
      'datasources.yaml': jsonText({ apiVersion: 1, prune: true, datasources: dataSources(cluster, sources, graph) }),
      'providers.yaml': jsonText({ apiVersion: 1, providers: providers(folders) }),
    };
    const party = grafanaParty(cluster);
    this.configMap(CONFIG, config);
    for (const { name, data } of folders.flatMap(partsOf)) this.configMap(name, data);
    const secrets = this.secrets(cluster, choices);
    const release = releaseFor(catalogue.grafana, cluster);
    program(this, cluster, {
      component: GRAFANA,
      part: 'server',
      name: GRAFANA,
      namespace: MONITORING_NAMESPACE,
      image: imageOf(catalogue.grafana, release, 'server'),
      version: release.version,
      args: [],
      env: [{ name: 'GF_PATHS_CONFIG', value: PATHS.ini }],
      ports: { http: PORT },
      replicas: replicasOf(cluster, choices),
      resources: choices.resources ?? RESOURCES,
      // The one is answered without the database, the other is not.
      liveness: { check: http('/healthz'), initialDelaySeconds: 60, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      readiness: { check: http('/api/health'), periodSeconds: 10, timeoutSeconds: 5 },
      volumes: { ...volumes(folders), ...secrets },
      kubernetesApi: false,
      user: 472,
      podAnnotations: {
        // It reads these, and secrets, only when it starts; dashboards always.
        'checksum/config': digest(config),
        ...meshPodAnnotations(party, graph.edges),
        ...meshAnnotations(cluster, 'running', GRACE),
      },
      graceSeconds: GRACE,
      metrics: { port: 'http', path: '/metrics' },
    });
    new k8s.KubeService(this, 'service', {
      metadata: { name: GRAFANA, namespace: MONITORING_NAMESPACE, labels: LABELS },
      spec: {
        type: 'ClusterIP',
        selector: componentSelector(GRAFANA, 'server'),
        ports: [{ name: 'http', port: PORT, targetPort: k8s.IntOrString.fromString('http'), protocol: 'TCP', appProtocol: 'http' }],
      },
    });
    policiesOf(this, 'network', party, graph.edges, LABELS);
    const host = hostOf(cluster, choices);
    if (choices.expose !== undefined && host !== undefined) entrance(this, cluster, choices.expose, host, LABELS);
  }

  private configMap(name: string, data: Readonly<Record<string, string>>): void {
    new k8s.KubeConfigMap(this, name, { metadata: { name, namespace: MONITORING_NAMESPACE, labels: LABELS }, data: { ...data } });
  }

  /** ExternalSecrets, and the volumes in which their Secrets are files. */
  private secrets(cluster: Cluster, choices: GrafanaChoices): Readonly<Record<string, ProgramVolume>> {
    const { aws } = cluster;
    const client = clientOf(cluster);
    const shared = choices.database === undefined ? undefined : database(aws, choices.database);
    const store = SECRET_STORES.secretsManager;
    const fetched: readonly Fetched[] = [
      { key: 'admin', store, remote: secretPath(aws, CONTRACT_NAME), keys: { password: 'adminPassword', 'secret-key': 'secretKey' } },
      ...(client === undefined ? [] : [{ key: 'oidc' as const, store, remote: client.secret, keys: { 'client-secret': 'clientSecret' } }]),
      ...(shared === undefined
        ? []
        : [
            { key: 'database' as const, store, remote: shared.passwordSecret, keys: { password: 'password', username: 'username' } },
            { key: 'ca' as const, store: SECRET_STORES.parameterStore, remote: shared.tls.caBundle, keys: { 'ca.crt': '' } },
          ]),
    ];
    for (const { key, ...from } of fetched) {
      externalSecret(this, `secret-${key}`, MONITORING_NAMESPACE, LABELS, { objectName: SECRETS[key].name, ...from });
    }
    return Object.fromEntries(
      fetched.map(({ key }) => [
        `secret-${key}`,
        { volume: { secret: { secretName: SECRETS[key].name } }, mountPath: SECRETS[key].folder },
      ]),
    );
  }
}

/** Files that are read, and the two places where Grafana writes. */
function volumes(folders: readonly Folder[]): Readonly<Record<string, ProgramVolume>> {
  const config = (key: string) => ({ configMap: { name: CONFIG, items: [{ key, path: key }] } });
  const size = (limit: string) => ({ emptyDir: { sizeLimit: k8s.Quantity.fromString(limit) } });
  return {
    ini: { volume: config('grafana.ini'), mountPath: PATHS.config },
    'data-sources': { volume: config('datasources.yaml'), mountPath: PATHS.dataSources },
    providers: { volume: config('providers.yaml'), mountPath: PATHS.providers },
    ...Object.fromEntries(
      folders.map((folder) => [
        `dashboards-${folder.uid}`,
        { volume: { projected: { sources: partsOf(folder).map(({ name }) => ({ configMap: { name } })) } }, mountPath: folderPath(folder) },
      ]),
    ),
    data: { volume: size('512Mi'), mountPath: PATHS.data, readOnly: false },
    tmp: { volume: size('128Mi'), mountPath: '/tmp', readOnly: false },
  };
}
