import { describe, expect, test } from 'vitest';
import { merge } from '../../charts/overlay/merge';
import type { SecretProps } from '../../charts/workload/secret';
import { aService } from './fixtures';
import { podOf, type Rendered, render, roleless, versions } from './support';

const rules = (files: Readonly<Record<string, string>>, mountPath = '/etc/rules') =>
  aService({ config: { rules: { mountPath, files }, other: { mountPath: '/etc/other', files: { x: '1' } } } });
const annotationsOf = (rendered: ReturnType<typeof render>): Rendered => podOf(rendered).metadata.annotations ?? {};

describe('config files', () => {
  const before = render(rules({ 'a.txt': 'one', 'b.txt': 'two' }));

  test('stand in a ConfigMap of a stable name, and in the pod', () => {
    expect(before.one('ConfigMap', 'subject-rules').data).toEqual({ 'a.txt': 'one', 'b.txt': 'two' });
    const { spec } = podOf(before);
    expect(spec.volumes).toContainEqual({ name: 'config-rules', configMap: { name: 'subject-rules' } });
    expect(spec.containers[0].volumeMounts).toContainEqual({ name: 'config-rules', mountPath: '/etc/rules', readOnly: true });
  });

  test('that change replace the pods, by exactly one annotation', () => {
    const after = render(rules({ 'a.txt': 'one', 'b.txt': 'TWO' }));
    const { annotations: old, ...restOfOld } = podOf(before).metadata;
    const { annotations: now, ...rest } = podOf(after).metadata;
    expect(Object.keys(now)).toEqual(Object.keys(old));
    expect(Object.keys(now).filter((key) => now[key] !== old[key])).toEqual(['checksum/config-rules']);
    expect({ ...podOf(after), metadata: rest }).toEqual({ ...podOf(before), metadata: restOfOld });
  });

  test.each([
    ['a name', { 'a.txt': 'one', 'c.txt': 'two' }],
    ['one file more', { 'a.txt': 'one', 'b.txt': 'two', 'c.txt': '' }],
    ['text that moves to another file', { 'a.txt': 'two', 'b.txt': 'one' }],
  ])('%s is a change', (_, files) => {
    expect(annotationsOf(render(rules(files)))).not.toEqual(annotationsOf(before));
  });

  test('the order in which they are written is none', () => {
    expect(annotationsOf(render(rules({ 'b.txt': 'two', 'a.txt': 'one' })))).toEqual(annotationsOf(before));
  });
});

const stripe: SecretProps = {
  from: { secret: 'stripe' },
  env: { STRIPE_KEY: 'apiKey' },
  files: { 'hook.txt': 'webhook' },
  onChange: 'restart',
};
const jwt: SecretProps = { from: { secret: 'jwt' }, files: { 'key.pem': 'public' }, onChange: 'reread' };
const withSecret = (secret: SecretProps, cluster = {}) => render(aService({ secrets: { stripe: secret } }), { cluster });
const referencesOf = (rendered: ReturnType<typeof render>, name = 'subject-stripe') => rendered.one('ExternalSecret', name).spec.data;

const keysOf = (rendered: ReturnType<typeof render>): string[] => referencesOf(rendered).map(({ secretKey }: Rendered) => secretKey);

describe('secrets', () => {
  test('are fetched from Secrets Manager, Parameter Store, or those of a database', () => {
    const from = (place: SecretProps['from']) => {
      const { secretStoreRef, data } = withSecret({ ...jwt, from: place }).one('ExternalSecret').spec;
      return [secretStoreRef.name, data[0].remoteRef.key];
    };
    expect(from({ secret: 'jwt' })).toEqual(['aws-secrets-manager', 'shop/dev/jwt']);
    expect(from({ parameter: 'flags' })).toEqual(['aws-parameter-store', '/shop/dev/flags']);
    expect(from({ database: 'orders' })).toEqual(['aws-secrets-manager', 'shop/dev/orders/database']);
    expect(() => from({ secret: 'unknown' })).toThrow(/aws.yaml: secrets has no entry "unknown"; there are: jwt, stripe/);
  });

  test('a whole value has no property', () => {
    const rendered = withSecret({ from: { parameter: 'flags' }, files: { flags: '' }, onChange: 'reread' });
    expect(referencesOf(rendered)).toMatchObject([{ secretKey: 'flags', remoteRef: { key: '/shop/dev/flags' } }]);
    expect(referencesOf(rendered)[0].remoteRef).not.toHaveProperty('property');
  });

  test('no Secret and no value is rendered', () => {
    const rendered = withSecret(stripe);
    expect(rendered.of('Secret')).toEqual([]);
    expect(rendered.one('ExternalSecret').spec.target.name).toBe('subject-stripe');
  });

  test('reach the program as variables and as files, each key once', () => {
    const rendered = withSecret(stripe, roleless);
    const { containers, volumes } = podOf(rendered).spec;
    const stored = keysOf(rendered)[0];
    expect(containers[0].env).toEqual([{ name: 'STRIPE_KEY', valueFrom: { secretKeyRef: { name: 'subject-stripe', key: stored } } }]);
    expect(containers[0].volumeMounts).toEqual([{ name: 'secret-stripe', mountPath: '/etc/secrets/stripe', readOnly: true }]);
    expect(volumes).toEqual([
      { name: 'secret-stripe', secret: { secretName: 'subject-stripe', items: [{ key: keysOf(rendered)[1], path: 'hook.txt' }] } },
    ]);
  });

  test('that are pinned are stored under keys of their version, so that a new pod waits for it', () => {
    const before = withSecret(stripe);
    const now = withSecret(stripe, versions({ 'subject-stripe': 'uuid/00000000-0000-0000-0000-000000000002' }));
    for (const rendered of [before, now]) {
      expect(keysOf(rendered)).toEqual([
        expect.stringMatching(/^STRIPE_KEY-[0-9a-f]{8}$/),
        expect.stringMatching(/^hook\.txt-[0-9a-f]{8}$/),
      ]);
      const { valueFrom } = podOf(rendered).spec.containers[0].env.find(({ name }: Rendered) => name === 'STRIPE_KEY');
      expect(valueFrom.secretKeyRef.key).toBe(keysOf(rendered)[0]);
    }
    expect(keysOf(now)[0]).not.toBe(keysOf(before)[0]);
    expect(keysOf(withSecret(stripe))).toEqual(keysOf(before));
  });

  test('a new pinned version changes the annotation, and every reference', () => {
    const old = withSecret(stripe);
    const version = 'uuid/00000000-0000-0000-0000-000000000002';
    const now = withSecret(stripe, versions({ 'subject-stripe': version }));
    expect(referencesOf(now).map(({ remoteRef }: Rendered) => remoteRef.version)).toEqual([version, version]);
    expect(referencesOf(old)).not.toEqual(referencesOf(now));
    expect(Object.keys(annotationsOf(old)).filter((key) => key.startsWith('checksum/'))).toEqual(['checksum/secret-stripe']);
    expect(annotationsOf(now)['checksum/secret-stripe']).not.toBe(annotationsOf(old)['checksum/secret-stripe']);
  });

  test('that the program reads again follow the current version, and restart nothing', () => {
    const rendered = withSecret(jwt);
    expect(annotationsOf(rendered)).toEqual(annotationsOf(render(aService())));
    expect(JSON.stringify(annotationsOf(rendered))).not.toContain('checksum/');
    expect(keysOf(rendered)).toEqual(['key.pem']);
    expect(referencesOf(rendered)[0].remoteRef).not.toHaveProperty('version');
  });

  test('that restart their workload need a pinned version', () => {
    expect(() => withSecret(stripe, versions({}))).toThrow(
      /subject.secrets.stripe: .*`secretVersions` in .*releases.yaml; there is none for subject-stripe/,
    );
  });

  test('in environment variables need a restart', () => {
    expect(() => withSecret({ ...stripe, onChange: 'reread' })).toThrow(
      /subject.secrets.stripe: environment variables do not change in a running program/,
    );
  });

  test.each(['database', 'database-ca', 'redis', 'tls'])('called "%s" are refused on an exposed service: the name is kept', (kept) => {
    const workload = aService({ expose: { host: 'www' }, secrets: { [kept]: jwt } });
    expect(() => render(workload)).toThrow(new RegExp(`subject.secrets.${kept}: this name is kept for .*certificate of .expose.`));
  });

  test('called "tls" are fine where nothing is exposed', () => {
    expect(render(aService({ secrets: { tls: jwt } })).one('ExternalSecret').metadata.name).toBe('subject-tls');
  });

  test('that go nowhere are refused', () => {
    expect(() => withSecret({ from: { secret: 'jwt' }, onChange: 'reread' })).toThrow(/subject.secrets.stripe: neither `env` nor `files`/);
  });

  test('with one name for two values are refused', () => {
    expect(() => withSecret({ ...stripe, files: { STRIPE_KEY: 'webhook' } })).toThrow(/subject.secrets.stripe: "STRIPE_KEY" is both/);
  });

  test('an overlay that adds a second place is refused, one that replaces it is not', () => {
    const laidOn = (from: unknown) => withSecret({ ...jwt, from: merge({ parameter: 'flags' }, from, 'subject') as SecretProps['from'] });
    expect(() => laidOn({ secret: 'jwt' })).toThrow(/subject.secrets.stripe.from: names parameter and secret/);
    expect(laidOn(() => ({ secret: 'jwt' })).one('ExternalSecret').spec.secretStoreRef.name).toBe('aws-secrets-manager');
  });
});
