import { describe, expect, test } from 'vitest';
import { aCronJob, aService, migration } from './fixtures';
import { type Objects, podOf, type Rendered, releases, render } from './support';

/** Everything by which something selects the pods of the workload. */
function selectors(rendered: Objects): Rendered[] {
  return [
    rendered.one('Deployment').spec.selector.matchLabels,
    rendered.one('Service').spec.selector,
    rendered.one('PodDisruptionBudget').spec.selector.matchLabels,
    rendered.one('NetworkPolicy', 'subject').spec.podSelector.matchLabels,
    rendered.one('PodMonitor').spec.selector.matchLabels,
    ...podOf(rendered).spec.topologySpreadConstraints.map((constraint: Rendered) => constraint.labelSelector.matchLabels),
  ];
}

const everything = { metrics: { port: 'http', path: '/metrics' }, database: { name: 'orders', poolSize: 5 }, migration } as const;

describe.each([
  ['standard', undefined, { 'app.kubernetes.io/name': 'subject', 'app.kubernetes.io/instance': 'shop' }],
  ['given', { app: 'the-subject' }, { app: 'the-subject' }],
])('with a %s selector', (_, selector, expected) => {
  const rendered = render(aService({ ...everything, selector }));

  test('everything that selects the pods selects them by the same labels', () => {
    for (const found of selectors(rendered)) expect(found).toEqual(expected);
  });

  test('the pods have these labels, and the standard ones beside them', () => {
    expect(podOf(rendered).metadata.labels).toMatchObject({
      ...expected,
      'app.kubernetes.io/name': 'subject',
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/component': 'service',
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/managed-by': 'cdk8s',
    });
  });

  test('pods of the migration are not selected by them', () => {
    const { labels } = podOf(rendered, 'Job').metadata;
    expect(Object.entries(expected).every(([key, value]) => labels[key] === value)).toBe(false);
  });
});

test('a given label wins over a standard one of the same key', () => {
  const rendered = render(aService({ selector: { 'app.kubernetes.io/name': 'given' } }));
  expect(podOf(rendered).metadata.labels['app.kubernetes.io/name']).toBe('given');
});

test('further labels of pods are in no selector', () => {
  const rendered = render(aService({ ...everything, podLabels: { team: 'orders' } }));
  expect(podOf(rendered).metadata.labels.team).toBe('orders');
  for (const found of selectors(rendered)) expect(found).not.toHaveProperty('team');
});

test('further labels of pods cannot change what the pods are selected by', () => {
  expect(() => render(aService({ podLabels: { 'app.kubernetes.io/name': 'other' } }))).toThrow(
    /subject.podLabels.*app.kubernetes.io\/name/,
  );
});

test('the version is a label of the pods, in no selector', () => {
  const rendered = render(aService(everything));
  expect(podOf(rendered).metadata.labels['app.kubernetes.io/version']).toBe('v1.2.3');
  for (const found of selectors(rendered)) expect(found).not.toHaveProperty('app.kubernetes.io/version');
});

test.each(['x'.repeat(64), 'v1.', '_1'])('a tag that is no label value (%s) is left out of the labels', (tag) => {
  const cluster = { releases: { files: [], data: { ...releases, images: { 'shop/subject': { tag } } } } };
  expect(podOf(render(aService(), { cluster })).metadata.labels).not.toHaveProperty('app.kubernetes.io/version');
});

test('every object has the standard labels', () => {
  for (const workload of [aService(everything), aCronJob()]) {
    for (const { kind, metadata } of render(workload).all) {
      expect(metadata.labels, kind).toMatchObject({ 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'cdk8s' });
      expect(metadata.namespace, kind).toBe('shop');
    }
  }
});
