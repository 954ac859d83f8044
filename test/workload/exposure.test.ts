import { describe, expect, test } from 'vitest';
import { absent, perEnvironment } from '../../charts/overlay/value';
import { aService, migration } from './fixtures';
import { render } from './support';

const expose = { host: 'www' } as const;
const ingress = (more: object = {}) => render(aService({ expose: { ...expose, ...more } })).one('Ingress');

describe('an exposed service', () => {
  test('has a host below the domain of the public zone, with TLS for it', () => {
    const { spec } = ingress();
    expect(spec.rules.map(({ host }: { host: string }) => host)).toEqual(['www.dev.shop.example']);
    expect(spec.tls).toEqual([{ hosts: ['www.dev.shop.example'], secretName: 'subject-tls' }]);
  });

  test('is reached by the name of a port: the first, or the one it says', () => {
    const backend = (more: object) => ingress(more).spec.rules[0].http.paths[0].backend.service;
    expect(backend({})).toEqual({ name: 'subject', port: { name: 'http' } });
    expect(backend({ port: 'grpc' }).port).toEqual({ name: 'grpc' });
    const ports = render(aService({ expose }))
      .one('Service')
      .spec.ports.map(({ name }: { name: string }) => name);
    expect(ports).toContain('http');
  });

  test('may have another host in each environment, or none', () => {
    const workload = aService({
      expose: perEnvironment<typeof expose | { host: string } | typeof absent>({
        dev: absent,
        staging: { host: 'beta' },
        production: expose,
      }) as never,
    });
    expect(render(workload, { environment: 'dev' }).of('Ingress')).toEqual([]);
    expect(render(workload, { environment: 'staging' }).one('Ingress').spec.rules[0].host).toBe('beta.dev.shop.example');
  });

  test('keeps long requests and large bodies when it says so', () => {
    const annotations = ingress({ maxBodySize: '20m', readTimeoutSeconds: 3600 }).metadata.annotations;
    expect(annotations).toMatchObject({
      'nginx.ingress.kubernetes.io/proxy-body-size': '20m',
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
      'nginx.ingress.kubernetes.io/proxy-send-timeout': '3600',
    });
  });

  test('comes after its migration, with the pods: a sync would wait for an Ingress that nothing serves yet', () => {
    const wave = (object: { metadata: { annotations?: Record<string, string> } }) =>
      object.metadata.annotations?.['argocd.argoproj.io/sync-wave'];
    const rendered = render(aService({ expose, database: { name: 'orders', poolSize: 5 }, migration }));
    expect(wave(rendered.one('Ingress'))).toBe('2');
    expect(wave(rendered.one('Deployment'))).toBe('2');
    expect(wave(ingress())).toBeUndefined();
  });

  test('is called by its Service in a mesh, which balances by itself', () => {
    const key = 'nginx.ingress.kubernetes.io/service-upstream';
    expect(ingress().metadata.annotations[key]).toBe('true');
    const unmeshed = render(aService({ expose }), { cluster: { mesh: false } }).one('Ingress');
    expect(unmeshed.metadata.annotations).not.toHaveProperty([key]);
  });
});

test('a service is reachable only from inside unless it says otherwise', () => {
  const rendered = render(aService());
  expect(rendered.of('Ingress')).toEqual([]);
  expect(rendered.one('Service').spec.type).toBe('ClusterIP');
});

test('a service without ports is refused', () => {
  expect(() => render(aService({ ports: {} as never }))).toThrow(/subject.ports: a service has a port/);
});
