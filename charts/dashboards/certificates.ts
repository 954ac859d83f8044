import { type Dashboard, dashboard } from './dashboard';
import { stat, timeseries } from './panel';
import { rate, select, sum } from './promql';
import type { Subject } from './subject';
import { table } from './table';

const EXPIRY = 'certmanager_certificate_expiration_timestamp_seconds';
/** cert-manager's own labels of a certificate; its target has a `namespace`, too. */
const WHOSE = ['exported_namespace', 'name'] as const;

/** Certificates that cert-manager makes: which one ends, and whether it is renewed. */
export function certificates({ cluster }: Subject): Dashboard {
  return dashboard({
    uid: 'certificates',
    title: 'Certificates',
    description: `Certificates of ${cluster.name} that cert-manager makes and renews: of hosts, webhooks and the mesh.`,
    tags: [cluster.platform, 'component'],
    rows: [
      {
        title: 'Now',
        panels: [
          stat({
            title: 'First to end',
            description:
              'Time until the first certificate ends. Those of the mesh live for days; a renewal comes after two thirds of the time.',
            unit: 's',
            span: 8,
            limits: { warn: 86_400, bad: 21_600 },
            expr: `min(${EXPIRY} > 0) - time()`,
          }),
          stat({
            title: 'Not ready',
            description: 'Certificates that are not made yet, or could not be renewed.',
            unit: 'short',
            decimals: 0,
            span: 8,
            limits: { bad: 1 },
            expr: `${sum(select('certmanager_certificate_ready_status', { condition: { not: 'True' } }))} or vector(0)`,
          }),
          stat({
            title: 'Renewals late',
            description: 'Certificates whose time of renewal was more than an hour ago.',
            unit: 'short',
            decimals: 0,
            span: 8,
            limits: { bad: 1 },
            expr: '(count((certmanager_certificate_renewal_timestamp_seconds > 0) < time() - 3600) or vector(0))',
          }),
        ],
      },
      {
        title: 'Certificates',
        panels: [
          table({
            title: 'Certificates',
            description: 'When each certificate ends and is renewed.',
            span: 24,
            height: 12,
            rows: { exported_namespace: 'Namespace', name: 'Certificate' },
            columns: [
              {
                title: 'Ends in',
                unit: 's',
                limits: { warn: 604_800, bad: 86_400 },
                expr: `min by (${WHOSE.join(', ')}) (${EXPIRY}) - time()`,
              },
              {
                title: 'Renewed in',
                unit: 's',
                expr: `min by (${WHOSE.join(', ')}) (certmanager_certificate_renewal_timestamp_seconds) - time()`,
              },
              {
                title: 'Ready',
                unit: 'bool_yes_no',
                limits: { warn: 1, bad: 0.5 },
                expr: `min by (${WHOSE.join(', ')}) (${select('certmanager_certificate_ready_status', { condition: 'True' })})`,
              },
            ],
          }),
        ],
      },
      {
        title: 'cert-manager',
        panels: [
          timeseries({
            title: 'Work',
            description: 'How often cert-manager looked at something, per second, by controller.',
            unit: 'ops',
            span: 8,
            queries: [
              { expr: `topk(10, ${sum(rate('certmanager_controller_sync_call_count'), ['controller'])})`, legend: '{{controller}}' },
            ],
          }),
          timeseries({
            title: 'Errors',
            description: 'How often that ended with an error, per second, by controller.',
            unit: 'ops',
            span: 8,
            queries: [{ expr: sum(rate('certmanager_controller_sync_error_count'), ['controller']), legend: '{{controller}}' }],
          }),
          timeseries({
            title: 'Certificate authority on the internet (ACME)',
            description: 'Requests per second by status. Limits there are low: 429 means waiting for hours.',
            unit: 'ops',
            span: 8,
            queries: [{ expr: sum(rate('certmanager_http_acme_client_request_count'), ['host', 'status']), legend: '{{host}} {{status}}' }],
          }),
        ],
      },
    ],
  });
}
