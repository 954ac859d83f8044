import { type AlertGroup, alertGroups, documentApplication, documentDatabase, type Slo, sloAlerts } from '../../charts/alerts';

/** The objective of the test workload. */
export const slo: Required<Slo> = { availability: 99.9, latency: { within: 500, percent: 99 } };

/** Every alert that the project has, by group. */
export const groups: readonly AlertGroup[] = [
  ...alertGroups({
    runs: ['cert-manager', 'ingress-nginx', 'linkerd', 'velero'],
    heartbeat: true,
    more: [documentApplication, documentDatabase],
  }),
  sloAlerts({ name: 'web', namespace: 'shop', controller: 'deployment', slo }),
];
