import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../charts/cluster';
import { crds, secretStore, service, storageClass } from '../../charts/gitops';
import { type MonitoringChoices, monitoring } from '../../charts/platform/monitoring';
import { runChecks } from '../../checks/run';
import { factsOf, networkFacts } from '../../fleet/facts';
import { environments } from '../../overlays/environments';
import { hasRbacFacts, renderedRights, upstreamRights } from '../native/rbac-facts';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';
import { containerOf, flag, rightsBeside, roleOf } from './native';

const RESOURCES = { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '2Gi' } };
const minimal: MonitoringChoices = {
  prometheus: { storage: '20Gi', resources: RESOURCES },
  alertmanager: { slack: { channel: '#alerts' } },
};
const all: Required<Omit<MonitoringChoices, 'grafana'>> & { readonly prometheus: Required<MonitoringChoices['prometheus']> } = {
  prometheus: { storage: '100Gi', resources: RESOURCES, nodeGroup: 'picky', thanos: { bucket: 'user-media', resources: RESOURCES } },
  alertmanager: { slack: { channel: '#alerts', teams: { platform: '#platform' } }, pagerduty: true, heartbeat: true },
  alerts: [],
};
const given = contractWith({
  secrets: { ...contract.secrets, alertmanager: 'shop/dev/alertmanager' },
  roles: { ...contract.roles, 'monitoring/prometheus': roleOf('monitoring/prometheus') },
});
const EXISTING = [
  crds('external-secrets.io'),
  crds('policy.linkerd.io'),
  service('mesh'),
  storageClass('ebs-gp3'),
  secretStore('aws-secrets-manager'),
];
const render = (choices: MonitoringChoices = minimal, changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...given, existing: [secretStore('aws-secrets-manager')], ...changes });
  return { cluster, ...delivered(cluster, monitoring(cluster, choices, []), EXISTING) };
};

describe.each([
  ['minimal', minimal],
  ['all', all],
] as const)('monitoring with %s choices', (_name, choices) => {
  test.each([true, false])('is what the checks ask for, with a mesh: %s', (mesh) => {
    const { cluster, objects, graph } = render(choices, { mesh });
    const { findings } = runChecks(objects.sourced, { ...factsOf(cluster), ...networkFacts(graph) });
    // What the test cluster does not have, as the stores and classes of others, is looked for by checks of references.
    const own = findings.filter(({ check }) => !['referenced-class-exists', 'linkerd-authorization-targets'].includes(check));
    expect(
      own.filter(({ severity }) => severity === 'error').map(({ check, object, message }) => `${check}: ${object}: ${message}`),
    ).toEqual([]);
  });
});

describe('Prometheus', () => {
  const spec = (choices = minimal, changes: Partial<Cluster> = {}) => render(choices, changes).objects.one('Prometheus').spec;

  test('scrapes and evaluates every 15 seconds, as given', () => {
    expect(spec()).toMatchObject({ scrapeInterval: '15s', evaluationInterval: '15s' });
  });

  test('keeps data as long as the environment says, and less when the volume is too small', () => {
    expect(spec()).toMatchObject({ retention: '7d', retentionSize: `${20 * 0.85 * 1024}MiB` });
    expect(spec(minimal, { environment: environments.production })).toMatchObject({ retention: '30d', replicas: 2 });
  });

  test('refuses a size that is none', () => {
    const prometheus = { ...minimal.prometheus, storage: 'big' };
    expect(() => spec({ ...minimal, prometheus })).toThrow(/components\.monitoring\.prometheus\.storage: 'big' is no quantity/);
  });

  test('runs the given job with its relabelling, by whose name its series go', () => {
    const { jobName, relabelings } = render().objects.one('ScrapeConfig').spec;
    expect(jobName).toBe('kubernetes-pods');
    const labels = (address: string, annotated: Readonly<Record<string, string>>) =>
      relabel(relabelings, { __address__: address, ...annotated });
    const annotation = (name: string) => `__meta_kubernetes_pod_annotation_prometheus_io_${name}`;
    expect(labels('10.0.0.1:8080', {})).toBeUndefined();
    expect(labels('10.0.0.1:8080', { [annotation('scrape')]: 'false' })).toBeUndefined();
    expect(
      labels('10.0.0.1:8080', {
        [annotation('scrape')]: 'true',
        [annotation('path')]: '/stats',
        [annotation('port')]: '9100',
        __meta_kubernetes_pod_label_app: 'web',
        __meta_kubernetes_namespace: 'shop',
        __meta_kubernetes_pod_name: 'web-1',
      }),
    ).toMatchObject({
      __address__: '10.0.0.1:9100',
      __metrics_path__: '/stats',
      app: 'web',
      kubernetes_namespace: 'shop',
      kubernetes_pod_name: 'web-1',
    });
    expect(labels('10.0.0.1:8080', { [annotation('scrape')]: 'true' })).toMatchObject({ __address__: '10.0.0.1:8080' });
  });

  test('finds monitors and rules of every namespace', () => {
    for (const kind of ['podMonitor', 'serviceMonitor', 'rule']) {
      expect(spec()).toMatchObject({ [`${kind}Selector`]: {}, [`${kind}NamespaceSelector`]: {} });
    }
  });

  test('has kubelets checked by the cluster’s CA', () => {
    const { endpoints } = render().objects.one('ServiceMonitor', 'kubelets').spec;
    expect(endpoints.map(({ path }: Rendered) => path)).toEqual(['/metrics', '/metrics/cadvisor', '/metrics/probes', '/metrics/resource']);
    for (const { tlsConfig } of endpoints) {
      expect(tlsConfig.caFile).toMatch(/ca\.crt$/);
      expect(tlsConfig.insecureSkipVerify).toBeUndefined();
    }
  });

  test('copies blocks to a bucket under the role of its account where Thanos is chosen', () => {
    const { objects } = render(all);
    const { thanos, volumes } = objects.one('Prometheus').spec;
    const [{ configMap }] = volumes;
    const file = thanos.objectStorageConfigFile.split('/').at(-1);
    expect(objects.one('ConfigMap', configMap.name).data[file]).toContain('shop-media-dev');
    expect(objects.one('ServiceAccount', 'prometheus').metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': roleOf('monitoring/prometheus'),
    });
    expect(spec().thanos).toBeUndefined();
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!hasRbacFacts)('may do less than upstream lets it', () => {
    const { wider } = rightsBeside(render().objects, 'kube-prometheus-stack', '1.28', 'prometheus', 'kps-kube-prometheus-stack-prometheus');
    expect(wider).toEqual([]);
  });
});

describe('the operator', () => {
  test('runs what stands in its namespace, and reads Secrets of no other', () => {
    const { objects } = render();
    for (const kind of ['prometheus', 'alertmanager', 'thanos-ruler']) {
      expect(flag(objects, 'prometheus-operator', `${kind}-instance-namespaces`)).toEqual(['monitoring']);
    }
    const secrets = [...renderedRights(objects, 'prometheus-operator')].filter((right) => right.endsWith('/secrets'));
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter((right) => right.startsWith('cluster'))).toEqual([]);
  });

  test.skipIf(!hasRbacFacts)('may do nothing that upstream’s may not', () => {
    // Upstream says `*`.
    const theirs = upstreamRights('kube-prometheus-stack', '1.28', 'kps-kube-prometheus-stack-operator');
    const plain = (right: string) => right.replace(/^\w+ /, '');
    const allowed = new Set([...theirs].map(plain));
    const beyond = [...renderedRights(render().objects, 'prometheus-operator')].map(plain).filter((right) => {
      const [, ...what] = right.split(' ');
      return !allowed.has(right) && !allowed.has(`* ${what.join(' ')}`);
    });
    expect(beyond).toEqual([]);
  });

  test('gives Prometheus the reloader of its own version', () => {
    const { image } = containerOf(render().objects, 'prometheus-operator');
    const tag = image.split(':').at(-1);
    expect(flag(render().objects, 'prometheus-operator', 'prometheus-config-reloader')[0]).toMatch(new RegExp(`:${tag}$`));
  });
});

describe('kube-state-metrics', () => {
  test('may list exactly what it is told to tell of, and no Secrets', () => {
    const { objects } = render();
    const told = flag(objects, 'kube-state-metrics', 'resources')[0]?.split(',');
    const rights = [...renderedRights(objects, 'kube-state-metrics')];
    const listed = rights.flatMap((right) => /^cluster list \S*\/(\S+)$/.exec(right)?.[1] ?? []);
    expect(listed.sort()).toEqual(told);
    expect(rights.length).toBe(2 * listed.length);
    expect(listed).not.toContain('secrets');
  });

  test.skipIf(!hasRbacFacts)('may do less than upstream lets it', () => {
    expect(rightsBeside(render().objects, 'kube-state-metrics', '1.28', 'kube-state-metrics').wider).toEqual([]);
  });

  test('keeps the labels of what it tells of', () => {
    const [endpoint] = render().objects.one('PodMonitor', 'kube-state-metrics').spec.podMetricsEndpoints;
    expect(endpoint.honorLabels).toBe(true);
  });
});

describe('node-exporter', () => {
  test('runs on every node, in a namespace of its own that allows it to', () => {
    const { objects } = render();
    const { tolerations, affinity, nodeSelector } = objects.one('DaemonSet').spec.template.spec;
    expect(tolerations).toContainEqual({ operator: 'Exists', effect: 'NoSchedule' });
    expect([affinity, Object.keys(nodeSelector)]).toEqual([undefined, ['kubernetes.io/os']]);
    const level = (name: string) => objects.one('Namespace', name).metadata.labels['pod-security.kubernetes.io/enforce'];
    expect(level('node-exporter')).toBe('privileged');
    expect(
      render(minimal, { mesh: false }).objects.one('Namespace', 'monitoring').metadata.labels['pod-security.kubernetes.io/enforce'],
    ).toBe('restricted');
  });

  test('reads, and writes nothing', () => {
    const [container] = render().objects.one('DaemonSet').spec.template.spec.containers;
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
    expect(container.volumeMounts.every(({ readOnly }: Rendered) => readOnly === true)).toBe(true);
  });
});

describe('the namespace', () => {
  test('has room for the pods of the operator’s making, and one more of each', () => {
    const hard = (changes: Partial<Cluster>) =>
      render(minimal, changes).objects.all.find(({ kind, metadata }) => kind === 'ResourceQuota' && metadata.namespace === 'monitoring')
        .spec.hard;
    const mebibytes = (changes: Partial<Cluster>) => Number.parseInt(hard(changes)['requests.memory'], 10);
    expect(mebibytes({})).toBeGreaterThan(2 * 1024);
    expect(mebibytes({ environment: environments.production })).toBeGreaterThan(mebibytes({}) + 1024);
  });
});

/** What Prometheus makes of a target's labels: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config. */
function relabel(rules: readonly Rendered[], target: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = { ...target };
  for (const { sourceLabels = [], action = 'replace', regex = '(.*)', replacement = '$1', targetLabel } of rules) {
    const whole = new RegExp(`^(?:${regex})$`);
    const value = sourceLabels.map((label: string) => labels[label] ?? '').join(';');
    if (action === 'keep' && !whole.test(value)) return undefined;
    if (action === 'replace' && whole.test(value)) labels[targetLabel] = value.replace(whole, replacement);
    if (action !== 'labelmap') continue;
    for (const [label, copied] of Object.entries(labels)) if (whole.test(label)) labels[label.replace(whole, replacement)] = copied;
  }
  return labels;
}
