import { PROMETHEUS_UID } from '../dashboards';
import { tenantsOf } from '../loki/tenants';
import { type Graph, prometheus } from '../network';
import { portOf } from '../network/party';
import type { GrafanaSources, Source } from './choices';

/** A data source, as Grafana's provisioning reads it: https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources */
export interface DataSource {
  readonly name: string;
  readonly uid: string;
  readonly type: 'prometheus' | 'alertmanager' | 'loki' | 'jaeger';
  readonly access: 'proxy';
  readonly url: string;
  readonly isDefault: boolean;
  readonly editable: false;
  readonly jsonData: Readonly<Record<string, unknown>>;
  /** Grafana keeps values of headers only here, secret or not. */
  readonly secureJsonData?: { readonly httpHeaderValue1: string };
}

export const UIDS = { alertmanager: 'alertmanager', jaeger: 'jaeger', allLogs: 'loki' } as const;

/** Uid of the data source of a namespace's logs. */
export const logsUid = (tenant: string): string => `loki-${tenant}`;

/** Address of a program, by its Service. */
export const urlOf = ({ party, port }: Source): string =>
  `http://${party.service ?? party.name}.${party.namespace}:${portOf(party, port).number}`;

/** What dashboards and people ask. Logs have a source for each namespace, which is a tenant, and one for all. */
export function dataSources(
  cluster: { readonly mesh: boolean },
  sources: GrafanaSources,
  graph: Pick<Graph, 'parties'>,
): readonly DataSource[] {
  const { alertmanager, loki, jaeger } = sources;
  const common = { access: 'proxy', isDefault: false, editable: false } as const;
  const tenants = loki === undefined ? [] : tenantsOf(graph);
  const logs = (name: string, uid: string, tenant: string, source: Source): DataSource => ({
    ...common,
    name,
    uid,
    type: 'loki',
    url: urlOf(source),
    jsonData: {
      httpHeaderName1: 'X-Scope-OrgID',
      maxLines: 1000,
      ...(jaeger === undefined ? {} : { derivedFields: [TRACE_OF_LINE] }),
    },
    secureJsonData: { httpHeaderValue1: tenant },
  });
  return [
    {
      ...common,
      name: 'Prometheus',
      uid: PROMETHEUS_UID,
      type: 'prometheus',
      url: urlOf({ party: prometheus(cluster), port: 'web' }),
      isDefault: true,
      jsonData: {
        httpMethod: 'POST',
        // The interval of scrapes: no rate is asked for over less than four of them.
        timeInterval: '15s',
        prometheusType: 'Prometheus',
        ...(alertmanager === undefined ? {} : { manageAlerts: true, alertmanagerUid: UIDS.alertmanager }),
      },
    },
    ...(alertmanager === undefined
      ? []
      : [
          {
            ...common,
            name: 'Alertmanager',
            uid: UIDS.alertmanager,
            type: 'alertmanager' as const,
            url: urlOf(alertmanager),
            jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
          },
        ]),
    ...(loki === undefined
      ? []
      : [
          logs('Logs', UIDS.allLogs, tenants.join('|'), loki),
          ...tenants.map((tenant) => logs(`Logs: ${tenant}`, logsUid(tenant), tenant, loki)),
        ]),
    ...(jaeger === undefined
      ? []
      : [
          {
            ...common,
            name: 'Traces',
            uid: UIDS.jaeger,
            type: 'jaeger' as const,
            url: urlOf(jaeger),
            jsonData: {
              nodeGraph: { enabled: true },
              ...(loki === undefined ? {} : { tracesToLogsV2: LOGS_OF_TRACE }),
            },
          },
        ]),
  ];
}

/** From a line of a log to its trace. Grafana reads `$$` as `$`, where `$` alone would name a variable of its environment. */
const TRACE_OF_LINE = {
  name: 'Trace',
  matcherType: 'label',
  matcherRegex: 'trace_id',
  datasourceUid: UIDS.jaeger,
  url: '$${__value.raw}',
} as const;

/** From a span to the logs of its service around that time. */
const LOGS_OF_TRACE = {
  datasourceUid: UIDS.allLogs,
  spanStartTimeShift: '-5m',
  spanEndTimeShift: '5m',
  filterByTraceID: true,
  tags: [{ key: 'service.name', value: 'service_name' }],
} as const;
