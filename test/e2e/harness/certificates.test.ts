import { expect, test } from 'vitest';
import type { KubeObject } from '../../../synth/object';
import { trustManager } from './bundles';
import { certManager } from './certificates';
import { serverWith } from './server-with';

const RUNNING = { '/apis/apps/v1/namespaces/cert-manager/deployments/cert-manager': { status: { availableReplicas: 1 } } };
const ISSUERS = '/apis/cert-manager.io/v1';
const SECRETS = '/api/v1/namespaces/cert-manager/secrets';

const certificate = (name: string, issuer: string, namespace = 'cert-manager', kind?: string): KubeObject => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name, namespace },
  spec: { secretName: `${name}-tls`, issuerRef: { name: issuer, ...(kind === undefined ? {} : { kind }) } },
});
const bundle = (target: object): KubeObject => ({
  apiVersion: 'trust.cert-manager.io/v1alpha1',
  kind: 'Bundle',
  metadata: { name: 'roots' },
  spec: { sources: [{ secret: { name: 'root-tls', key: 'tls.crt' } }], target: JSON.parse(JSON.stringify(target)) },
});

test('nothing is issued before the controller runs', async () => {
  const { client, made } = serverWith({ [`${ISSUERS}/clusterissuers/own`]: { spec: { selfSigned: {} } } });
  const played = certManager(client);
  await played.see([certificate('web', 'own', 'shop', 'ClusterIssuer')]);
  expect(played.waiting()).toEqual(['Certificate shop/web: cert-manager does not run']);
  expect(made()).toEqual([]);
});

test('a Certificate waits for its issuer, and is issued when that has come', async () => {
  const { client, made, objects } = serverWith(RUNNING);
  const played = certManager(client);
  await played.see([certificate('web', 'own', 'shop')]);
  expect(played.waiting()).toEqual(['Certificate shop/web: Issuer own does not exist']);
  objects[`${ISSUERS}/namespaces/shop/issuers/own`] = { spec: { selfSigned: {} } };
  await played.see([]);
  expect(played.waiting()).toEqual([]);
  expect(made()).toEqual(['/api/v1/namespaces/shop/secrets/web-tls: ca.crt, tls.crt, tls.key']);
});

test('of a chain each waits for the Secret of the one before, in whatever order they come', async () => {
  const { client, made } = serverWith({
    ...RUNNING,
    [`${ISSUERS}/clusterissuers/self`]: { spec: { selfSigned: {} } },
    [`${ISSUERS}/clusterissuers/ca`]: { spec: { ca: { secretName: 'root-tls' } } },
    [`${ISSUERS}/clusterissuers/lost`]: { spec: { ca: { secretName: 'nowhere' } } },
  });
  const played = certManager(client);
  const [leaf, root, orphan] = [
    certificate('leaf', 'ca', 'shop', 'ClusterIssuer'),
    certificate('root', 'self', 'cert-manager', 'ClusterIssuer'),
    certificate('orphan', 'lost', 'shop', 'ClusterIssuer'),
  ];
  await played.see([leaf, root, orphan]);
  expect(made().map((text) => text.replace(/:.*/, ''))).toEqual([`${SECRETS}/root-tls`, '/api/v1/namespaces/shop/secrets/leaf-tls']);
  expect(played.waiting()).toEqual(['Certificate shop/orphan: Secret cert-manager/nowhere of ClusterIssuer lost does not exist']);
});

test('an ACME server gives no certificate of its authority', async () => {
  const { client, made } = serverWith({ ...RUNNING, [`${ISSUERS}/clusterissuers/acme`]: { spec: { acme: {} } } });
  await certManager(client).see([certificate('web', 'acme', 'shop', 'ClusterIssuer')]);
  expect(made()).toEqual(['/api/v1/namespaces/shop/secrets/web-tls: tls.crt, tls.key']);
});

test('a Bundle goes to the namespaces that it selects, once its sources are there', async () => {
  const { client, made, objects } = serverWith({
    '/api/v1/namespaces/mesh': { kind: 'Namespace', metadata: { name: 'mesh', labels: { mesh: 'yes' } } },
    '/api/v1/namespaces/shop': { kind: 'Namespace', metadata: { name: 'shop' } },
  });
  const played = trustManager(client);
  await played.see([bundle({ configMap: { key: 'ca.pem' }, namespaceSelector: { matchLabels: { mesh: 'yes' } } })]);
  expect(played.waiting()).toEqual(['Bundle roots: Secret cert-manager/root-tls does not exist']);
  objects[`${SECRETS}/root-tls`] = { data: { 'tls.key': '' } };
  await played.see([]);
  expect(played.waiting()).toEqual(['Bundle roots: Secret cert-manager/root-tls has no key tls.crt']);
  objects[`${SECRETS}/root-tls`] = { data: { 'tls.crt': '' } };
  await played.see([]);
  expect(played.waiting()).toEqual([]);
  expect(made()).toEqual(['/api/v1/namespaces/mesh/configmaps/roots: ca.pem']);
});

test('a Bundle for nobody is told of', async () => {
  const { client } = serverWith({ [`${SECRETS}/root-tls`]: { data: { 'tls.crt': '' } } });
  const played = trustManager(client);
  await played.see([bundle({ configMap: { key: 'ca.pem' }, namespaceSelector: { matchLabels: { mesh: 'yes' } } })]);
  expect(played.waiting()).toEqual(['Bundle roots: it selects no namespace']);
});
