import { expect, test } from 'vitest';
import type { Container, LivePod } from './live-pod';
import { started } from './pod-status';

const PLACE = { hostIP: '10.0.0.1', podIP: '10.0.0.2', now: '2020-01-01T00:00:00Z' };
const of = (kind: string, containers: readonly Container[], initContainers: readonly Container[] = []) => {
  const pod: LivePod = {
    metadata: { name: 'x', namespace: 'x', uid: 'x', resourceVersion: '1', ownerReferences: [{ kind, name: 'x' }] },
    spec: { containers, initContainers },
  };
  const { phase, conditions } = started(pod, PLACE) as { phase: string; conditions: readonly { type: string; status: string }[] };
  return `${phase}, ready ${conditions.find(({ type }) => type === 'Ready')?.status}`;
};
const app = { name: 'app' };
const proxy = { name: 'linkerd-proxy' };

test('pods run and are ready; those of Jobs end, unless an ordinary proxy keeps them', () => {
  expect(of('ReplicaSet', [app, proxy])).toBe('Running, ready True');
  expect(of('Job', [app])).toBe('Succeeded, ready False');
  expect(of('Job', [proxy, app])).toBe('Running, ready False');
  expect(of('Job', [app], [{ ...proxy, restartPolicy: 'Always' }])).toBe('Succeeded, ready False');
});
