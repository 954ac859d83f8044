import { expect, test } from 'vitest';
import { deafProbes, referencesOf } from './references';

const spec = (more: object, container: object = {}) => ({ containers: [{ name: 'app', ...container }], ...more });
const said = (...given: Parameters<typeof spec>) =>
  referencesOf(spec(...given)).map(({ kind, name, keys }) => [kind, name, ...keys].join(' '));

test('volumes need their object, with the keys of `items` or of a mounted sub-path', () => {
  const volumes = [
    { name: 'a', secret: { secretName: 'password', items: [{ key: 'user' }, { key: 'word' }] } },
    { name: 'b', configMap: { name: 'settings' } },
    { name: 'c', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'd', projected: { sources: [{ secret: { name: 'token' } }, { configMap: { name: 'ca', items: [{ key: 'ca.crt' }] } }] } },
    { name: 'e', emptyDir: {} },
  ];
  expect(
    said(
      { volumes },
      {
        volumeMounts: [
          { name: 'b', subPath: 'app.ini' },
          { name: 'e', subPath: 'x' },
        ],
      },
    ),
  ).toEqual([
    'Secret password user word',
    'ConfigMap settings app.ini',
    'PersistentVolumeClaim data',
    'Secret token',
    'ConfigMap ca ca.crt',
  ]);
});

test('so do environments, also of init containers, and pull secrets', () => {
  const env = [
    { name: 'A', valueFrom: { secretKeyRef: { name: 'password', key: 'word' } } },
    { name: 'B', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
    { name: 'C' },
  ];
  const initContainers = [{ name: 'first', envFrom: [{ secretRef: { name: 'all' } }, { configMapRef: { name: 'more' } }] }];
  expect(said({ initContainers, imagePullSecrets: [{ name: 'registry' }] }, { env })).toEqual([
    'Secret all',
    'ConfigMap more',
    'Secret password word',
    'ConfigMap settings level',
    'Secret registry',
  ]);
});

test('what is optional may be missing', () => {
  const volumes = [
    { name: 'a', secret: { secretName: 'a', optional: true } },
    { name: 'b', configMap: { name: 'b', optional: true } },
    { name: 'c', projected: { sources: [{ secret: { name: 'c', optional: true } }] } },
  ];
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'd', key: 'd', optional: true } } }];
  expect(said({ volumes }, { env, envFrom: [{ configMapRef: { name: 'e', optional: true } }] })).toEqual([]);
});

test('a probe asks a port by number, or by a name of its own container', () => {
  const ports = [{ name: 'web', containerPort: 80 }];
  const deaf = (port: string | number) => deafProbes(spec({}, { ports, livenessProbe: { tcpSocket: { port } } }));
  expect([deaf('web'), deaf(81)]).toEqual([[], []]);
  expect(deaf('metrics')).toEqual(['container app: livenessProbe asks port metrics, and no port has this name']);
});
