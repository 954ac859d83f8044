import type { Link } from './dashboard';

/** A query in Grafana's Explore, over the time that the dashboard shows. */
function explore(title: string, source: { readonly type: string; readonly uid: string }, query: Readonly<Record<string, unknown>>): Link {
  const pane = {
    datasource: source.uid,
    queries: [{ refId: 'A', datasource: source, ...query }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Grafana
    range: { from: '${__from}', to: '${__to}' },
  };
  // Variables have to stay as they are, or Grafana does not see them.
  const panes = encodeURIComponent(JSON.stringify({ a: pane })).replace(/%24%7B(__from|__to)%7D/g, '$${$1}');
  return { title, url: `/explore?schemaVersion=1&panes=${panes}` };
}

/** Logs of the pods of a workload, of every container but the mesh's. */
export const logsLink = (uid: string, name: string): Link =>
  explore('Logs', { type: 'loki', uid }, { expr: `{service_name=${JSON.stringify(name)}}` });

/** Traces in which a workload took part. */
export const tracesLink = (uid: string, name: string): Link =>
  explore('Traces', { type: 'jaeger', uid }, { queryType: 'search', service: name });
