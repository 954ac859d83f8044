import { expect, test } from 'vitest';
import { ignoreDifferences } from '../../charts/gitops/ignore-differences';
import { object } from './support';

const deployment = (spec: object, namespace = 'shop') => object('apps/v1', 'Deployment', 'api', namespace, { spec });
const rollout = object('argoproj.io/v1alpha1', 'Rollout', 'api', 'shop', {
  spec: {
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
    strategy: { canary: { stableService: 'api', canaryService: 'api-canary' } },
  },
});

test('a Deployment that a Rollout scales down: its replicas, where they are rendered', () => {
  expect(ignoreDifferences([deployment({ replicas: 0 }), rollout])).toEqual([
    { group: 'apps', kind: 'Deployment', name: 'api', namespace: 'shop', jsonPointers: ['/spec/replicas'] },
  ]);
});

test.each([
  ['replicas that are not rendered', [deployment({}), rollout]],
  ['replicas without a Rollout', [deployment({ replicas: 2 })]],
  ['replicas of a namesake elsewhere', [deployment({ replicas: 2 }, 'other'), rollout]],
])('nothing for %s', (_, objects) => {
  expect(ignoreDifferences(objects)).toEqual([]);
});

test('Services that a Rollout switches: the key that it adds to their selectors', () => {
  const service = (name: string) => object('v1', 'Service', name, 'shop', { spec: { selector: { app: 'api' } } });
  const ignored = ignoreDifferences([service('api'), service('api-canary'), service('other'), rollout]);
  expect(ignored.map(({ name, jsonPointers }) => [name, jsonPointers])).toEqual([
    ['api', ['/spec/selector/rollouts-pod-template-hash']],
    ['api-canary', ['/spec/selector/rollouts-pod-template-hash']],
  ]);
});

const webhooks = [{ clientConfig: {} }, { clientConfig: { caBundle: 'Cg==' } }];
const configuration = (annotations: Record<string, string>) => {
  const plain = object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'hook', undefined, { webhooks });
  return { ...plain, metadata: { ...plain.metadata, annotations } };
};

test('a CA bundle that cert-manager injects, only where one is rendered', () => {
  expect(ignoreDifferences([configuration({ 'cert-manager.io/inject-ca-from': 'shop/hook' })])).toEqual([
    {
      group: 'admissionregistration.k8s.io',
      kind: 'ValidatingWebhookConfiguration',
      name: 'hook',
      jsonPointers: ['/webhooks/1/clientConfig/caBundle'],
    },
  ]);
});

test('a CA bundle that nobody injects stays compared', () => {
  expect(ignoreDifferences([configuration({})])).toEqual([]);
});
