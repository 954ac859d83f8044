/** One of two workloads in two files that call each other; see circular-b.ts. That both compile is the promise. */
import { service } from '../../charts/workload/definition';
import { b } from './circular-b';

const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };

export const a = service('a', { image: 'shop/a', nodeGroup: 'plain', ports: { http: 8080 }, resources, scale: { min: 1, max: 2 } }).calls(
  () => [b.on('grpc')],
);

// The ports of the other are known all the same.
export const wrong = a.calls(() => [
  // @ts-expect-error b has no port http
  b.on('http'),
]);
