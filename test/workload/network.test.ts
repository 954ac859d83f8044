import { describe, expect, test } from 'vitest';
import type { PodParty } from '../../charts/network';
import { type Call, componentCall, endpoint, managedDatabase } from '../../charts/workload/calls';
import { cronJob, service, worker } from '../../charts/workload/definition';
import type { Workloads } from '../../charts/workload/platform';
import { aService, resources } from './fixtures';
import { contract, contractWith, type Objects, podOf, type Rendered, render, renderAll, roleless } from './support';

const running = { image: 'shop/subject', nodeGroup: 'plain', resources, scale: { min: 1, max: 2 } };
const users = service('users', {
  ...running,
  ports: { http: 8080, grpc: 9000, batch: 8081 },
  selector: { app: 'users' },
  outsideMesh: ['batch'],
});
const api = service('api', { ...running, ports: { http: 8080 } }).calls(() => [users.on('grpc')]);
const stranger = worker('stranger', running);
const nightly = cronJob('nightly', {
  image: 'shop/subject',
  nodeGroup: 'plain',
  resources,
  schedule: '1 2 * * *',
  deadlineSeconds: 60,
}).calls(() => [users.on('batch')]);
const all: Workloads = { users, api, stranger, nightly };

const policy = (rendered: Objects, name: string): Rendered => rendered.one('NetworkPolicy', name).spec;
const portsOf = (rule: Rendered): (string | number)[] => rule.ports.map(({ port }: Rendered) => port);
const peersOf = (rule: Rendered): Rendered[] => rule.to ?? rule.from;
const toPods = (rules: Rendered[] = []) =>
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
    expect(portsOf(out)).toEqual(['grpc', 4143]);
    const rules = toPods(policy(rendered, 'users').ingress);
    const from = rules.find(({ from }) => from[0].podSelector.matchLabels['app.kubernetes.io/name'] === 'api');
    expect(portsOf(from)).toEqual(['grpc', 4143]);
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
    expect(toPods(policy(rendered, 'nightly').egress).map(portsOf)).toEqual([['batch']]);
    const { ingress } = policy(rendered, 'users');
    expect(toPods(ingress).find(({ from }) => from[0].podSelector.matchLabels['app.kubernetes.io/name'] === 'nightly').ports).toHaveLength(
      1,
    );
  });

  test('that is not declared is open at neither end', () => {
    expect(toPods(policy(rendered, 'stranger').egress)).toEqual([]);
    expect(toPods(policy(rendered, 'stranger').ingress)).toEqual([]);
    expect(JSON.stringify(policy(rendered, 'users'))).not.toContain('stranger');
    expect(toPods(policy(rendered, 'api').ingress)).toEqual([]);
    expect(rendered.of('MeshTLSAuthentication').map(({ metadata }) => metadata.name)).toEqual(['linkerd-admin', 'users-grpc']);
  });

  test('without a mesh opens no port of a proxy', () => {
    expect(JSON.stringify(renderAll(all, [], { mesh: false }).of('NetworkPolicy'))).not.toMatch(/4143|4191|linkerd/);
  });

  test('to two ports of one workload is one rule', () => {
    const both = service('api', { ...running, ports: { http: 8080 } }).calls(() => [users.on('http'), users.on('grpc')]);
    expect(toPods(policy(renderAll({ users, both }), 'api').egress).map(portsOf)).toEqual([['http', 'grpc', 4143]]);
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
            { protocol: 'TCP', port: 53 },
            { protocol: 'UDP', port: 53 },
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
    expect(rule.to[0].ipBlock.except).toEqual(['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']);
  });

  test("is open to AWS's APIs for workloads with an IAM role, with buckets or without", () => {
    for (const more of [{}, { buckets: { 'user-media': 'read' } }]) {
      const [rule, ...others] = internet(egressOf([], more));
      expect(others).toEqual([]);
      expect(portsOf(rule)).toEqual([443]);
      expect(rule.to).toHaveLength(1);
      expect(rule.to[0].ipBlock.except).toEqual(['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']);
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

describe('a proxy', () => {
  const skipped = (calls: readonly Call[], more = {}) =>
    podOf(render(aService(more).calls(() => calls))).metadata.annotations['config.linkerd.io/skip-outbound-ports'];
  const endpoints = {
    odd: { host: 'odd.example', port: 2525, why: 'speaks first' },
    tls: { host: 'tls.example', port: 8443, why: 'does not' },
  };

  test('leaves outside ports alone where TLS does not come first, unless Linkerd does so anyway', () => {
    expect(skipped([], { redis: 'open' })).toBe('6380');
    expect(skipped([managedDatabase('orders'), endpoint('smtp')], { redis: 'main' })).toBeUndefined();
    const { metadata } = podOf(
      render(
        aService().calls(() => [endpoint('odd'), endpoint('tls')]),
        { cluster: contractWith({ endpoints }) },
      ),
    );
    expect(metadata.annotations['config.linkerd.io/skip-outbound-ports']).toBe('2525');
  });

  test('does not wait for a Redis that speaks TLS, whatever its port', () => {
    const secure = { ...contract.redis.open, tls: true } as (typeof contract.redis)[string];
    const { metadata } = podOf(render(aService({ redis: 'open' }), { cluster: contractWith({ redis: { open: secure } }) }));
    expect(metadata.annotations).not.toHaveProperty(['config.linkerd.io/skip-outbound-ports']);
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
    expect(toPods(out).map(portsOf)).toEqual([['postgres', 4143]]);
    expect(toPods(policy(rendered, 'shop-pgbouncer').ingress).map(portsOf)).toEqual([['postgres', 4143]]);
    expect(policy(rendered, 'shop-pgbouncer').egress).toContainEqual({ to: subnets, ports: [{ protocol: 'TCP', port: 5432 }] });
  });

  test('the Kubernetes API is reached by those who say that they talk to it', () => {
    const to = [{ ipBlock: { cidr: '10.0.12.0/28' } }, { ipBlock: { cidr: '10.0.12.16/28' } }, { ipBlock: { cidr: '172.20.0.1/32' } }];
    const rule = { to, ports: [{ protocol: 'TCP', port: 443 }] };
    expect(egressOf([], { kubernetesApi: true })).toContainEqual(rule);
    expect(egressOf()).not.toContainEqual(rule);
  });
});

describe('who comes in', () => {
  const namespaceOf = (rule: Rendered) => rule.from[0].namespaceSelector?.matchLabels['kubernetes.io/metadata.name'];
  const ingressOf = (more: object, cluster = {}): Rendered[] => policy(render(aService(more), { cluster }), 'subject').ingress;

  test('nobody but Prometheus at the proxy, unless declared', () => {
    expect(ingressOf({}).map((rule) => [namespaceOf(rule), portsOf(rule)])).toEqual([['monitoring', [4191, 4143]]]);
    expect(ingressOf({}, { mesh: false })).toBeUndefined();
  });

  test('the ingress controller, on the exposed port', () => {
    const rules = ingressOf({ expose: { host: 'www', port: 'grpc' } });
    expect(rules.map((rule) => [namespaceOf(rule), portsOf(rule)])).toContainEqual(['ingress-nginx', ['grpc', 4143]]);
  });

  test('Prometheus, on the port of the metrics and that of the proxy', () => {
    const metrics = { port: 'grpc', path: '/metrics' };
    const [rule, ...others] = ingressOf({ metrics });
    expect([namespaceOf(rule), portsOf(rule), others]).toEqual(['monitoring', [4191, 'grpc', 4143], []]);
    expect(portsOf(ingressOf({ metrics }, { mesh: false })[0])).toEqual(['grpc']);
  });
});

describe('the mesh', () => {
  const rendered = renderAll(all);
  const identities = (name: string) =>
    rendered.one('MeshTLSAuthentication', name).spec.identityRefs.map((ref: Rendered) => `${ref.namespace}/${ref.name}`);

  test('lets in the identities of the callers, and only on ports that somebody calls', () => {
    expect(identities('users-grpc')).toEqual(['shop/api']);
    expect(rendered.of('Server').map(({ metadata }) => metadata.name)).toEqual(['linkerd-admin', 'users-grpc']);
    expect(rendered.one('Namespace', 'shop').metadata.annotations['config.linkerd.io/default-inbound-policy']).toBe('deny');
  });

  test('passes by the ports that are outside of it', () => {
    expect(podOf(rendered, 'Deployment', 'users').metadata.annotations['config.linkerd.io/skip-inbound-ports']).toBe('8081');
    expect(podOf(rendered, 'Deployment', 'api').metadata.annotations).not.toHaveProperty(['config.linkerd.io/skip-inbound-ports']);
  });

  test('is refused ports that the workload does not have, or that no mesh would act on', () => {
    expect(() => render(aService({ outsideMesh: ['web'] as never }))).toThrow(
      /subject.outsideMesh: names port "web", but the ports are http, grpc/,
    );
    expect(() => render(aService({ traffic: { web: {} } as never }))).toThrow(/subject.traffic: names port "web"/);
    expect(() => render(aService({ outsideMesh: ['grpc'], traffic: { grpc: { protocol: 'gRPC' } } }))).toThrow(
      /traffic.grpc.*outside the mesh/,
    );
    expect(() => render(aService({ traffic: { grpc: { protocol: 'opaque', rateLimit: { total: 5 } } } }))).toThrow(
      /its protocol is opaque/,
    );
  });

  test('stops sending to a pod that fails, where the callee says so: on its Service', () => {
    const { annotations } = render(aService({ circuitBreaker: { failures: 7 } })).one('Service').metadata;
    expect(annotations).toEqual({
      'balancer.linkerd.io/failure-accrual': 'consecutive',
      'balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio': '0.5',
      'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '7',
      'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': '1m',
      'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': '1s',
    });
    expect(render(aService()).one('Service').metadata).not.toHaveProperty('annotations');
    expect(render(aService({ circuitBreaker: { failures: 7 } }), { cluster: { mesh: false } }).one('Service').metadata).not.toHaveProperty(
      'annotations',
    );
  });
});

describe('a component', () => {
  const collector = (): PodParty<'grpc'> => ({
    name: 'users',
    namespace: 'shop',
    selector: { app: 'users' },
    serviceAccount: 'users',
    meshed: true,
    ports: { grpc: { number: 9000 } },
  });
  const absent = (): PodParty<'grpc'> => ({ ...collector(), name: 'collector', namespace: 'tracing' });

  test('is called by a constant that its module exports', () => {
    const tracing = componentCall(collector, 'grpc');
    expect(toPods(policy(renderAll({ users, caller: worker('caller', running).calls(() => [tracing]) }), 'caller').egress)).toHaveLength(1);
  });

  test('that does not run in the cluster cannot be called', () => {
    const caller = worker('caller', running).calls(() => [componentCall(absent, 'grpc')]);
    expect(() => renderAll({ users, caller })).toThrow(
      /shop\/caller calls "grpc" of tracing\/collector: tracing\/collector does not run in this cluster/,
    );
  });
});
