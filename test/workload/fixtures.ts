import { Workload } from '../../charts/workload/definition';
import type { CronJobProps, MigrationProps, Resources, ServiceProps, WorkerProps } from '../../charts/workload/props';

export const resources: Resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };

/** The least that a service must say. */
export const minimalService: ServiceProps<'http'> = {
  image: 'shop/subject',
  nodeGroup: 'plain',
  ports: { http: 8080 },
  resources,
  scale: { min: 1, max: 3 },
};

/** The least that a worker must say. */
export const minimalWorker: WorkerProps<never> = { image: 'shop/subject', nodeGroup: 'plain', resources, scale: { min: 1, max: 3 } };

/** The least that a cron job must say. */
export const minimalCronJob: CronJobProps = {
  image: 'shop/subject',
  nodeGroup: 'plain',
  resources,
  schedule: '15 2 * * *',
  deadlineSeconds: 600,
};

export const migration: MigrationProps = { resources };

/** A service called `subject` with further props. */
export const aService = (more: Partial<ServiceProps<'http' | 'grpc'>> = {}): Workload<'service', 'http' | 'grpc'> =>
  new Workload('service', 'subject', { ...minimalService, ports: { http: 8080, grpc: 9000 }, ...more });

/** A worker called `subject` with further props. */
export const aWorker = (more: Partial<WorkerProps<'http' | 'metrics'>> = {}): Workload<'worker', 'http' | 'metrics'> =>
  new Workload('worker', 'subject', { ...minimalWorker, ...more });

/** A cron job called `subject` with further props. */
export const aCronJob = (more: Partial<CronJobProps> = {}): Workload<'cronJob', never> =>
  new Workload('cronJob', 'subject', { ...minimalCronJob, ...more });
