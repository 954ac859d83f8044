import { describe, expect, test } from 'vitest';
import { protectFromDeletion } from '../../charts/gitops';
import { object } from './support';

const option = 'argocd.argoproj.io/sync-options';
const annotated = (value: string) => {
  const claim = object('v1', 'PersistentVolumeClaim', 'data', 'shop');
  return { ...claim, metadata: { ...claim.metadata, annotations: { [option]: value, other: 'kept' } } };
};
const optionsOf = (given: Parameters<typeof protectFromDeletion>[0]) =>
  protectFromDeletion(given).metadata.annotations?.[option]?.split(',') ?? [];

test.each([
  object('v1', 'PersistentVolumeClaim', 'data', 'shop'),
  object('v1', 'Namespace', 'shop'),
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com'),
])('$kind is neither pruned nor deleted', (given) => {
  expect(optionsOf(given)).toEqual(expect.arrayContaining(['Prune=false', 'Delete=false']));
});

test('other sync options and annotations stay', () => {
  expect(optionsOf(annotated('ServerSideApply=true, Validate=false')).sort()).toEqual([
    'Delete=false',
    'Prune=false',
    'ServerSideApply=true',
    'Validate=false',
  ]);
  expect(protectFromDeletion(annotated('')).metadata.annotations?.other).toBe('kept');
});

test('options that would allow deletion are replaced', () => {
  expect(optionsOf(annotated('Prune=confirm,Delete=true')).sort()).toEqual(['Delete=false', 'Prune=false']);
});

test('protecting twice changes nothing more, and the given object never', () => {
  const given = annotated('Validate=false');
  const before = structuredClone(given);
  const once = protectFromDeletion(given);
  expect(protectFromDeletion(once)).toEqual(once);
  expect(given).toEqual(before);
});

test('a hook Job keeps what it has', () => {
  const job = object('batch/v1', 'Job', 'migrate', 'shop');
  expect(protectFromDeletion(job)).toBe(job);
});

describe('Namespaces of Kubernetes itself', () => {
  test.each(['kube-system', 'kube-public', 'kube-node-lease', 'default'])('%s is refused', (name) => {
    expect(() => protectFromDeletion(object('v1', 'Namespace', name))).toThrow(`Namespace ${name}`);
  });
});
