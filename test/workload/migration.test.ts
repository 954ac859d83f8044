import { describe, expect, test } from 'vitest';
import { aService, aWorker, migration } from './fixtures';
import { podOf, type Rendered, render } from './support';

const database = { name: 'orders', poolSize: 5 };
const rendered = render(aService({ database, migration, metrics: { port: 'http', path: '/metrics' }, expose: { host: 'www' } }));
const waveOf = ({ metadata }: Rendered) => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);

describe('a migration', () => {
  test('is wave 1: what it needs comes before it, the workload after it', () => {
    expect(waveOf(rendered.one('Job'))).toBe(1);
    expect(waveOf(rendered.one('Deployment'))).toBe(2);
    for (const kind of ['ServiceAccount', 'NetworkPolicy', 'ExternalSecret']) {
      for (const needed of rendered.of(kind)) expect(waveOf(needed), kind).toBe(0);
    }
  });

  test('runs at every sync, and stays until the next', () => {
    expect(rendered.one('Job').metadata.annotations).toMatchObject({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    });
    expect(rendered.one('Job').spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test('only the Job is a hook', () => {
    const hooks = rendered.all.filter(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/hook'] !== undefined);
    expect(hooks.map(({ kind }) => kind)).toEqual(['Job']);
  });

  test('ends: it has a deadline, few retries, and no restarts inside the pod', () => {
    expect(rendered.one('Job').spec).toMatchObject({ activeDeadlineSeconds: 600, backoffLimit: 1 });
    expect(podOf(rendered, 'Job').spec.restartPolicy).toBe('Never');
  });

  test('connects to the server itself, with its certificate checked', () => {
    const env = Object.fromEntries(podOf(rendered, 'Job').spec.containers[0].env.map(({ name, value }: Rendered) => [name, value]));
    expect(env).toMatchObject({
      DATABASE_HOST: 'orders.example.us-east-1.rds.amazonaws.com',
      DATABASE_NAME: 'orders_db',
      DATABASE_SSL_MODE: 'verify-full',
    });
    const { volumes } = podOf(rendered, 'Job').spec;
    const secrets = rendered.of('ExternalSecret').map(({ spec }) => spec.target.name);
    for (const { secret } of volumes) expect(secrets).toContain(secret.secretName);
  });

  test('is selected by nothing but its own policy, which lets it to the database alone', () => {
    const { labels } = podOf(rendered, 'Job').metadata;
    const selects = (selector: object) => Object.entries(selector).every(([key, value]) => labels[key] === value);
    expect(selects(rendered.one('Deployment').spec.selector.matchLabels)).toBe(false);
    expect(selects(rendered.one('Service').spec.selector)).toBe(false);
    expect(selects(rendered.one('PodDisruptionBudget').spec.selector.matchLabels)).toBe(false);
    const [toDatabase, toDns, ...others] = rendered.one('NetworkPolicy', 'subject-migrate').spec.egress;
    expect(selects(rendered.one('NetworkPolicy', 'subject-migrate').spec.podSelector.matchLabels)).toBe(true);
    expect(toDatabase).toEqual({
      to: [{ ipBlock: { cidr: '10.0.8.0/24' } }, { ipBlock: { cidr: '10.0.9.0/24' } }],
      ports: [{ protocol: 'TCP', port: 5432 }],
    });
    expect(toDns.ports.map(({ port }: Rendered) => port)).toEqual([53, 53]);
    expect(others).toEqual([]);
  });

  test('without a database is refused', () => {
    expect(() => render(aService({ migration }))).toThrow(/subject.migration: the workload has no `database` to migrate/);
  });

  test('of a worker is the same', () => {
    expect(waveOf(render(aWorker({ database, migration })).one('Job'))).toBe(1);
  });
});

test('without a migration nothing waits', () => {
  for (const object of render(aService({ database })).all) expect(waveOf(object)).toBe(0);
});
