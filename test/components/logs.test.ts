import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Cluster } from '../../charts/cluster';
import { tenantsOf } from '../../charts/loki';
import { LOG_AGENTS_NAMESPACE, type LogsChoice, logs } from '../../charts/otel-collector';
import { storageClasses } from '../../charts/storage-classes';
import { runChecks } from '../../checks/run';
import { factsOf, networkFacts } from '../../fleet/facts';
import { environments } from '../../overlays/environments';
import { hasRbacFacts } from '../native/rbac-facts';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';
import { rightsBeside, roleOf } from './native';

const kmsKey = contract.kmsKeys.data ?? '';
const provided = contractWith({
  roles: { ...contract.roles, 'logging/loki': roleOf('logging/loki') },
  buckets: { ...contract.buckets, logs: { name: 'shop-logs-dev', arn: 'arn:aws:s3:::shop-logs-dev', kmsKey } },
});

const everything: { readonly loki: Required<LogsChoice['loki']> } & Required<LogsChoice> = {
  loki: {
    replicas: 3,
    resources: { requests: { cpu: '150m', memory: '512Mi' }, limits: { memory: '1Gi' } },
    volume: '40Gi',
    ingestionRateMb: 25,
  },
  resources: { requests: { cpu: '70m', memory: '100Mi' }, limits: { memory: '400Mi' } },
};

const render = (choice: LogsChoice = { loki: {} }, changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...provided, ...changes });
  return { cluster, ...delivered(cluster, [storageClasses(cluster), ...logs(cluster, choice)]) };
};
const configOf = ({ objects }: ReturnType<typeof render>, name: string): Rendered => {
  const [[file, text]] = Object.entries<string>(objects.one('ConfigMap', name).data) as [[string, string]];
  expect(file).toMatch(/\.json$/);
  return parse(text, { version: '1.1' });
};
const loki = (...args: Parameters<typeof render>) => configOf(render(...args), 'loki-config');
const agent = (...args: Parameters<typeof render>) => configOf(render(...args), 'log-agent-config');

describe.each(['1.28', '1.34'])('logs on Kubernetes %s', (kubernetes) => {
  test.each([
    ['with minimal choices', { loki: {} }, {}],
    ['with all choices', everything, {}],
    ['in production', { loki: {} }, { environment: environments.production }],
    ['without a mesh', { loki: {} }, { mesh: false }],
  ] as const)('pass the checks %s', (_, choice, changes) => {
    const { cluster, objects, graph } = render(choice, { kubernetes, ...changes });
    const { findings } = runChecks(objects.sourced, { ...factsOf(cluster), ...networkFacts(graph) });
    expect(findings.map(({ check, object, message }) => `${check}: ${object}: ${message}`)).toEqual([]);
  });

  test.skipIf(!hasRbacFacts)('are read with less than upstream lets its agent do: labels of pods are all it asks for', () => {
    const { wider, narrower } = rightsBeside(
      render({ loki: {} }, { kubernetes }).objects,
      'otel-collector-agent',
      kubernetes as '1.28' | '1.34',
      'log-agent',
      'otel-agent-opentelemetry-collector',
    );
    expect(wider).toEqual([]);
    // Names of Deployments, labels of namespaces and figures of the kubelet are of no use to logs.
    expect(new Set(narrower.map((right) => right.split(' ')[1]))).toEqual(
      new Set(['/namespaces', '/nodes/stats', 'apps/replicasets', 'extensions/replicasets']),
    );
  });
});

describe('Loki', () => {
  test('keeps logs as long as the environment says, and no query looks further back', () => {
    for (const [environment, hours] of [
      [environments.dev, 168],
      [environments.production, 2160],
    ] as const) {
      const { limits_config, compactor } = loki({ loki: {} }, { environment });
      expect(limits_config).toMatchObject({ retention_period: `${hours}h`, max_query_lookback: `${hours}h` });
      // Without it nothing is ever deleted.
      expect(compactor).toMatchObject({ retention_enabled: true, delete_request_store: 's3' });
    }
  });

  test('indexes in TSDB by days, as retention and structured metadata need it', () => {
    expect(loki().schema_config.configs).toEqual([
      expect.objectContaining({ store: 'tsdb', schema: 'v13', index: expect.objectContaining({ period: '24h' }) }),
    ]);
  });

  test('writes to the bucket of the contract with its key, by the role of its account', () => {
    const rendered = render();
    expect(configOf(rendered, 'loki-config').common.storage.s3).toEqual({
      bucketnames: 'shop-logs-dev',
      region: 'us-east-1',
      sse: { type: 'SSE-KMS', kms_key_id: kmsKey },
    });
    const account = rendered.objects.one('ServiceAccount', 'loki');
    expect(account.metadata.annotations['eks.amazonaws.com/role-arn']).toBe(roleOf('logging/loki'));
    expect(account.automountServiceAccountToken).toBe(false);
    const plain = contractWith({ ...provided.aws.data, buckets: { logs: { name: 'plain', arn: 'arn:aws:s3:::plain' } } });
    expect(loki({ loki: {} }, plain).common.storage.s3.sse).toBeUndefined();
  });

  test('does not render without a bucket or a role', () => {
    expect(() => render({ loki: {} }, contractWith({ roles: provided.aws.data.roles }))).toThrow(/logs/);
    expect(() => render({ loki: {} }, contractWith({ buckets: provided.aws.data.buckets }))).toThrow(/logging\/loki/);
  });

  test('is three pods in a ring where it must not fail, each line in all of them; else one', () => {
    const { objects, ...rest } = render({ loki: {} }, { environment: environments.production });
    expect(objects.one('StatefulSet', 'loki').spec.replicas).toBe(3);
    const config = configOf({ objects, ...rest }, 'loki-config');
    expect(config.common).toMatchObject({ replication_factor: 3, ring: { kvstore: { store: 'memberlist' } } });
    const [host, port] = config.memberlist.join_members[0].split(':');
    const headless = objects.one('Service', host.split('.')[0]);
    expect(host.split('.')[1]).toBe(headless.metadata.namespace);
    // Pods join before they are ready.
    expect(headless.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(headless.spec.ports.map((own: Rendered) => String(own.port))).toContain(port);
    expect(render().objects.one('StatefulSet', 'loki').spec.replicas).toBe(1);
    expect(loki().common.replication_factor).toBe(1);
  });

  test('takes up its journal within its memory, and starts anew when its configuration changes', () => {
    const pod = (choice: LogsChoice) => render(choice).objects.one('StatefulSet', 'loki').spec.template;
    expect(loki(everything).ingester.wal.replay_memory_ceiling).toBe('614MB');
    expect(pod(everything).metadata.annotations['checksum/config']).not.toBe(pod({ loki: {} }).metadata.annotations['checksum/config']);
  });

  test('is reached by the agents and Prometheus alone, and reaches S3 and itself', () => {
    const { metadata, spec } = render().objects.one('NetworkPolicy', 'loki');
    expect(metadata.annotations['edges.fleet/ingress'].split('\n').filter(Boolean).sort()).toEqual([
      'gossip, grpc from loki',
      'http from log-agents/log-agent, monitoring/prometheus',
    ]);
    expect(spec.egress.flatMap(({ to }: Rendered) => to).some(({ ipBlock }: Rendered) => ipBlock?.cidr === '0.0.0.0/0')).toBe(true);
  });
});

describe('the agent on each node', () => {
  test('runs on all of them, whatever their taints', () => {
    const { spec } = render().objects.one('DaemonSet', 'log-agent').spec.template;
    expect(spec.tolerations).toEqual([{ operator: 'Exists' }]);
    expect(spec.affinity).toBeUndefined();
  });

  test('sends each namespace’s lines as a tenant of its own, and those of unknown ones as `other`', () => {
    const rendered = render();
    const { connectors, exporters, service } = configOf(rendered, 'log-agent-config');
    const tenants = tenantsOf(rendered.graph);
    expect(tenants).toEqual(expect.arrayContaining(['kube-system', 'linkerd', 'log-agents', 'logging', 'other']));
    const reached = [
      ...connectors.routing.table.map(({ condition, pipelines }: Rendered) => [/"([^"]+)"$/.exec(condition)?.[1], pipelines]),
      ['other', connectors.routing.default_pipelines],
    ].map(([namespace, [pipeline]]) => {
      const [exporter] = service.pipelines[pipeline].exporters;
      return [namespace, exporters[exporter].headers['X-Scope-OrgID']];
    });
    expect(reached.sort()).toEqual(tenants.map((tenant) => [tenant, tenant]));
  });

  test('reads what all containers write but itself, from the node’s folder, which it cannot change', () => {
    const rendered = render();
    const { file_log } = configOf(rendered, 'log-agent-config').receivers;
    expect(file_log.exclude).toEqual([`/var/log/pods/${LOG_AGENTS_NAMESPACE}_log-agent-*_*/*/*.log`]);
    const [container] = rendered.objects.one('DaemonSet', 'log-agent').spec.template.spec.containers;
    const logs = container.volumeMounts.find(({ name }: Rendered) => name === 'logs');
    expect(file_log.include[0].startsWith(logs.mountPath)).toBe(true);
    expect(logs.readOnly).toBe(true);
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
    expect(container.securityContext.capabilities).toEqual({ drop: ['ALL'] });
  });

  test('loses nothing while Loki is away: it remembers on the node how far it is, and waits', () => {
    const rendered = render();
    const { receivers, extensions, exporters } = configOf(rendered, 'log-agent-config');
    expect(receivers.file_log).toMatchObject({ storage: 'file_storage', retry_on_failure: { max_elapsed_time: '0s' } });
    const pod = rendered.objects.one('DaemonSet', 'log-agent').spec.template.spec;
    const mount = pod.containers[0].volumeMounts.find(({ mountPath }: Rendered) => mountPath === extensions.file_storage.directory);
    expect(mount.readOnly).toBe(false);
    expect(pod.volumes.find(({ name }: Rendered) => name === mount.name).hostPath.type).toBe('DirectoryOrCreate');
    for (const { sending_queue, retry_on_failure } of Object.values<Rendered>(exporters)) {
      expect([sending_queue.block_on_overflow, retry_on_failure.max_elapsed_time]).toEqual([true, '0s']);
    }
  });

  test('has a namespace of its own that allows what it needs; Loki’s does not', () => {
    const enforced = (name: string) => render().objects.one('Namespace', name).metadata.labels['pod-security.kubernetes.io/enforce'];
    expect([enforced('log-agents'), enforced('logging')]).toEqual(['privileged', 'restricted']);
  });

  test('comes after Loki', () => {
    const { wave } = render();
    expect(wave('log-agent')).toBeGreaterThan(wave('loki'));
  });

  test('limits itself before its container is ended', () => {
    expect(agent(everything).service.pipelines['logs/nodes'].processors[0]).toBe('memory_limiter');
    const [container] = render(everything).objects.one('DaemonSet', 'log-agent').spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: 'GOMEMLIMIT', value: '320MiB' });
  });
});
