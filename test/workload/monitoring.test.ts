import { expect, test } from 'vitest';
import { aCronJob, aService, aWorker } from './fixtures';
import { podOf, render } from './support';

test('a workload with metrics has a PodMonitor on a port that its pods have', () => {
  const rendered = render(aService({ metrics: { port: 'grpc', path: '/metrics' } }));
  expect(rendered.one('PodMonitor').spec.podMetricsEndpoints).toEqual([{ port: 'grpc', path: '/metrics' }]);
  expect(podOf(rendered).spec.containers[0].ports).toContainEqual({ name: 'grpc', containerPort: 9000 });
  expect(podOf(rendered).metadata.labels).toMatchObject(rendered.one('PodMonitor').spec.selector.matchLabels);
});

test('a workload without metrics has none', () => {
  for (const workload of [aService(), aWorker(), aCronJob()]) expect(render(workload).of('PodMonitor')).toEqual([]);
});

test('there is one way of being scraped: no annotations beside the monitor', () => {
  const rendered = render(aWorker({ ports: { http: 8080, metrics: 9090 }, metrics: { port: 'metrics', path: '/metrics' } }));
  expect(JSON.stringify(rendered.all)).not.toContain('prometheus.io/');
});
