/** The other of two workloads in two files that call each other; see circular-a.ts. */
import { service } from '../../charts/workload/definition';
import { a } from './circular-a';

const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };

export const b = service('b', { image: 'shop/b', nodeGroup: 'plain', ports: { grpc: 9000 }, resources, scale: { min: 1, max: 2 } }).calls(
  () => [a.on('http')],
);
