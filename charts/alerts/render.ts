import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { PrometheusRule, type PrometheusRuleSpec } from '../../imports/monitoring.coreos.com';
import type { Cluster } from '../cluster';
import type { Labels } from '../workload/labels';
import { type Alert, type AlertGroup, runbookOf } from './rule';

/** Address of a file of the repository, in the branch that the cluster follows. */
const page = ({ repositories, environment }: Pick<Cluster, 'repositories' | 'environment'>, path: string): string =>
  `${repositories.platform.replace(/\.git$/, '')}/blob/${environment.branch}/${path}`;

/** The group as Prometheus reads it. */
export function ruleGroup(
  group: AlertGroup,
  cluster: Pick<Cluster, 'repositories' | 'environment' | 'namespace'>,
): NonNullable<PrometheusRuleSpec['groups']>[number] {
  const recordings = (group.recordings ?? []).map(({ record, expr, labels }) => ({ record, expr, labels: { ...labels } }));
  const alerts = group.alerts.map((alert) => ({
    alert: alert.name,
    expr: alert.expr,
    for: alert.for,
    labels: { ...alert.labels, severity: alert.severity, team: teamOf(alert, cluster.namespace) },
    annotations: { summary: alert.summary, runbook_url: page(cluster, runbookOf(group, alert)) },
  }));
  return { name: group.name, rules: [...recordings, ...alerts] };
}

/** What is in the namespace of the product's workloads is the product's. */
const teamOf = ({ team }: Alert, namespace: string): string =>
  team === 'namespace' ? `{{ if eq $labels.namespace "${namespace}" }}product{{ else }}platform{{ end }}` : team;

/** A PrometheusRule of one group. */
export function prometheusRule(
  scope: Construct,
  id: string,
  metadata: { readonly name: string; readonly namespace: string; readonly labels: Labels },
  group: AlertGroup,
  cluster: Pick<Cluster, 'repositories' | 'environment' | 'namespace'>,
): void {
  customResource(scope, id, PrometheusRule, {
    metadata: { ...metadata, labels: { ...metadata.labels } },
    spec: { groups: [ruleGroup(group, cluster)] },
  });
}
