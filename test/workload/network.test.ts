import { describe, expect, test } from 'vitest';
import { type Call, endpoint, managedDatabase } from '../../charts/workload/calls';
import { cronJob, service, worker } from '../../charts/workload/definition';
import type { Workloads } from '../../charts/workload/platform';
import { aService, resources } from './fixtures';
import { contract, contractWith, type Objects, type Rendered, render, renderAll, roleless } from './support';

const running = { image: 'shop/subject', nodeGroup: 'plain', resources, scale: { min: 1, max: 2 } };
const users = service('users', { ...running, ports: { http: 8080, grpc: 9000 }, selector: { app: 'users' } });
const api = service('api', { ...running, ports: { http: 8080 } }).calls(() => [users.on('grpc')]);
const stranger = worker('stranger', running);
const nightly = cronJob('nightly', {
  image: 'shop/subject',
  nodeGroup: 'plain',
  resources,
  schedule: '1 2 * * *',
  deadlineSeconds: 60,
}).calls(() => [users.on('http')]);
const all: Workloads = { users, api, stranger, nightly };

const policy = (rendered: Objects, name: string): Rendered => rendered.one('NetworkPolicy', name).spec;
const portsOf = (rule: Rendered): number[] => rule.ports.map(({ port }: Rendered) => port);
const peersOf = (rule: Rendered): Rendered[] => rule.to ?? rule.from;
const toPods = (rules: Rendered[]) =>
  rules.filter((rule) => peersOf(rule).some(({ podSelector, namespaceSelector }) => podSelector && !namespaceSelector));
/** What a service called `subject` may do when it calls this. */
const egressOf = (calls: readonly Call[] = [], more = {}, cluster = {}): Rendered[] =>
  policy(
    render(
      aService(more).calls(() => calls),
      { cluster },
    ),
    'subject',
  ).egress;

describe('a call', () => {
  const rendered = renderAll(all);

  test('is open at both ends, on its port and on the port of the proxy', () => {
    const [out] = toPods(policy(rendered, 'api').egress);
    expect(out).toMatchObject({ to: [{ podSelector: { matchLabels: { app: 'users' } } }] });
    expect(portsOf(out)).toEqual([9000, 4143]);
    const rules = toPods(policy(rendered, 'users').ingress);
    const from = rules.find(({ from }) => from[0].podSelector.matchLabels['app.kubernetes.io/name'] === 'api');
    expect(portsOf(from)).toEqual([9000, 4143]);
  });

  test('goes to pods that exist: each end selects the pods of the other', () => {
    const labels = rendered.of('Deployment').map(({ spec }) => spec.template.metadata.labels);
    for (const rule of [...toPods(policy(rendered, 'api').egress), ...toPods(policy(rendered, 'users').ingress)]) {
      const selector = Object.entries(peersOf(rule)[0].podSelector.matchLabels);
      const jobs = rendered.of('CronJob').map(({ spec }) => spec.jobTemplate.spec.template.metadata.labels);
      expect([...labels, ...jobs].filter((pod) => selector.every(([key, value]) => pod[key] === value))).toHaveLength(1);
    }
  });

  test('of a cron job that is outside the mesh does not go to the proxy', () => {
    expect(toPods(policy(rendered, 'nightly').egress).map(portsOf)).toEqual([[8080]]);
  });

  test('that is not declared is open at neither end', () => {
    expect(toPods(policy(rendered, 'stranger').egress)).toEqual([]);
    expect(policy(rendered, 'stranger')).not.toHaveProperty('ingress');
    expect(JSON.stringify(policy(rendered, 'users'))).not.toContain('stranger');
    expect(policy(rendered, 'api')).not.toHaveProperty('ingress');
  });

  test('without a mesh opens no port of a proxy', () => {
    expect(JSON.stringify(renderAll(all, [], { mesh: false }).of('NetworkPolicy'))).not.toMatch(/4143|4191|linkerd/);
  });

  test('to two ports of one workload is one rule', () => {
    const both = service('api', { ...running, ports: { http: 8080 } }).calls(() => [users.on('http'), users.on('grpc')]);
    expect(toPods(policy(renderAll({ users, both }), 'api').egress).map(portsOf)).toEqual([[8080, 4143, 9000]]);
  });

  test('follows an overlay', () => {
    const rendered = renderAll(all, [{ api: { calls: [] } }]);
    expect(toPods(policy(rendered, 'api').egress)).toEqual([]);
    expect(toPods(policy(rendered, 'users').ingress)).toHaveLength(1);
  });
});

describe('every policy', () => {
  test('denies both directions unless a rule opens one', () => {
    const rendered = renderAll({ ...all, pooled: aService({ database: { name: 'orders', poolSize: 5 }, migration: { resources } }) });
    for (const { spec, metadata } of rendered.of('NetworkPolicy')) expect(spec.policyTypes, metadata.name).toEqual(['Ingress', 'Egress']);
  });

  test('opens DNS to kube-dns only', () => {
    for (const { spec, metadata } of renderAll(all).of('NetworkPolicy')) {
      if (metadata.name === 'default-deny') continue;
      const dns = spec.egress.filter((rule: Rendered) => portsOf(rule).includes(53));
      expect(dns, metadata.name).toEqual([
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
      ]);
    }
  });

  test('names its ports and its peers: no rule is open to all', () => {
    for (const { spec, metadata } of renderAll(all).of('NetworkPolicy')) {
      for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
        expect(portsOf(rule).length, metadata.name).toBeGreaterThan(0);
        expect(peersOf(rule).length, metadata.name).toBeGreaterThan(0);
        for (const peer of peersOf(rule)) expect(peer.podSelector, metadata.name).not.toEqual({});
      }
    }
  });
});

describe('the world outside', () => {
  const internet = (rules: Rendered[]) => rules.filter((rule) => peersOf(rule).some(({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0'));

  test('is closed without an edge to it', () => {
    expect(internet(egressOf([], {}, roleless))).toEqual([]);
    expect(internet(egressOf([managedDatabase('orders')], { redis: 'main', kubernetesApi: true }, roleless))).toEqual([]);
  });

  test('is open to a declared endpoint, on its port, and never includes the VPC, the cluster or the metadata service', () => {
    const [rule, ...others] = internet(egressOf([endpoint('smtp')], {}, roleless));
    expect(others).toEqual([]);
    expect(portsOf(rule)).toEqual([587]);
    expect(rule.to[0].ipBlock.except).toEqual(expect.arrayContaining(['10.0.0.0/16', '172.20.0.0/16', '169.254.0.0/16']));
  });

  test("is open to AWS's APIs for workloads with an IAM role, with buckets or without", () => {
    for (const more of [{}, { buckets: { 'user-media': 'read' } }]) {
      const [rule, ...others] = internet(egressOf([], more));
      expect(others).toEqual([]);
      expect(portsOf(rule)).toEqual([443]);
      expect(rule.to).toHaveLength(1);
      expect(rule.to[0].ipBlock.except).toEqual(expect.arrayContaining(['10.0.0.0/16', '172.20.0.0/16', '169.254.0.0/16']));
    }
  });

  test("has AWS's interface endpoints on its side: they are open to the same workloads, and no others", () => {
    const endpoints = ['10.0.11.64/26', '10.0.11.0/26'];
    const aws = (roles: object) => contractWith({ vpc: { ...contract.vpc, endpoints }, roles: { ...roles } });
    const cidrs = (rules: Rendered[]) => rules.flatMap(peersOf).flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);
    const [rule] = internet(egressOf([], {}, aws(contract.roles)));
    expect(portsOf(rule)).toEqual([443]);
    expect(cidrs([rule])).toEqual(['0.0.0.0/0', '10.0.11.0/26', '10.0.11.64/26']);
    expect(cidrs(egressOf([], {}, aws({})))).toEqual([]);
  });

  test('is refused where the contract does not know it', () => {
    expect(() => egressOf([endpoint('fax')])).toThrow(/aws.yaml: endpoints has no entry "fax"; there are: smtp/);
    expect(() => egressOf([managedDatabase('none')])).toThrow(/aws.yaml: databases has no entry "none"/);
  });
});

describe('managed services', () => {
  const subnets = [{ ipBlock: { cidr: '10.0.8.0/24' } }, { ipBlock: { cidr: '10.0.9.0/24' } }];

  test('are reached in their subnets, on their ports', () => {
    const rules = egressOf([managedDatabase('orders')], { redis: 'main' });
    expect(rules).toContainEqual({
      to: subnets,
      ports: [
        { protocol: 'TCP', port: 5432 },
        { protocol: 'TCP', port: 6379 },
      ],
    });
  });

  test('need subnets to be in', () => {
    const cluster = contractWith({ vpc: { ...contract.vpc, subnets: { ...contract.vpc.subnets, database: {} } } });
    expect(() => egressOf([], { redis: 'main' }, cluster)).toThrow(/aws.yaml: vpc.subnets.database: no subnets/);
  });

  test('databases are reached through PgBouncer by those who only say `database`', () => {
    const rendered = renderAll({ subject: aService({ database: { name: 'orders', poolSize: 5 } }) }, [], roleless);
    const out = policy(rendered, 'subject').egress;
    expect(out.some((rule: Rendered) => peersOf(rule).some(({ ipBlock }) => ipBlock))).toBe(false);
    expect(toPods(out).map(portsOf)).toEqual([[6432, 4143]]);
    expect(toPods(policy(rendered, 'shop-pgbouncer').ingress).map(portsOf)).toEqual([[6432, 4143]]);
    expect(policy(rendered, 'shop-pgbouncer').egress).toContainEqual({ to: subnets, ports: [{ protocol: 'TCP', port: 5432 }] });
  });

  test('the Kubernetes API is reached by those who say that they talk to it', () => {
    const to = [{ ipBlock: { cidr: '172.20.0.0/16' } }, { ipBlock: { cidr: '10.0.32.0/19' } }, { ipBlock: { cidr: '10.0.64.0/19' } }];
    const rule = { to, ports: [{ protocol: 'TCP', port: 443 }] };
    expect(egressOf([], { kubernetesApi: true })).toContainEqual(rule);
    expect(egressOf()).not.toContainEqual(rule);
  });
});

describe('who comes in', () => {
  const namespaceOf = (rule: Rendered) => rule.from[0].namespaceSelector?.matchLabels['kubernetes.io/metadata.name'];
  const ingressOf = (more: object, cluster = {}): Rendered[] => policy(render(aService(more), { cluster }), 'subject').ingress;

  test('nobody, unless declared', () => {
    expect(ingressOf({})).toBeUndefined();
  });

  test('the ingress controller, on the exposed port', () => {
    const [rule, ...others] = ingressOf({ expose: { host: 'www', port: 'grpc' } });
    expect([namespaceOf(rule), portsOf(rule), others]).toEqual(['ingress-nginx', [9000, 4143], []]);
  });

  test('Prometheus, on the port of the metrics and that of the proxy', () => {
    const metrics = { port: 'grpc', path: '/metrics' };
    const [rule, ...others] = ingressOf({ metrics });
    expect([namespaceOf(rule), portsOf(rule), others]).toEqual(['monitoring', [9000, 4143, 4191], []]);
    expect(portsOf(ingressOf({ metrics }, { mesh: false })[0])).toEqual([9000]);
  });
});
