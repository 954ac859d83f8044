import type { AlbIngress, GatewayIngress, IngressChoice, NginxIngress } from '../../charts/exposure';
import { service } from '../../charts/workload/definition';

/** What the types of a cluster's way in promise. Compiled, never run: each directive below must hide an error. */
const base = {
  image: 'shop/api',
  nodeGroup: 'plain',
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  scale: { min: 1, max: 2 },
  ports: { http: 8080 },
};

export const fine: readonly IngressChoice[] = [
  { kind: 'nginx' },
  { kind: 'nginx', minimumTls: '1.3', scale: { min: 2, max: 4 }, rateLimit: { requestsPerSecond: 5 } },
  { kind: 'alb', certificates: ['main'], accessLogs: { bucket: 'logs' } },
];

// @ts-expect-error TLS 1.1 is too old
export const old: NginxIngress = { kind: 'nginx', minimumTls: '1.1' };
// @ts-expect-error an autoscaler needs both bounds
export const half: NginxIngress = { kind: 'nginx', scale: { min: 2 } };
// @ts-expect-error an ALB has a certificate
export const open: AlbIngress = { kind: 'alb', certificates: [], accessLogs: { bucket: 'logs' } };
// @ts-expect-error an ALB logs
export const silent: AlbIngress = { kind: 'alb', certificates: ['main'] };
// @ts-expect-error a Gateway has a class
export const classless: Omit<GatewayIngress, 'pods'> = { kind: 'gateway' };
// @ts-expect-error nginx has no WAF
export const walled: NginxIngress = { kind: 'nginx', webAcl: true };

export const limited = service('x', { ...base, expose: { host: 'x', rateLimit: { requestsPerSecond: 5 } } });
// @ts-expect-error a misspelt limit
service('x', { ...base, expose: { host: 'x', rateLimit: { requestPerSecond: 5 } } });
