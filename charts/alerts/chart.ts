import type { App } from 'cdk8s';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import { prometheusRule } from './render';
import type { AlertGroup } from './rule';

/** Name of the Application, and of its folder. */
export const NAME = 'alerts';

/** The cluster's alerts beside those of workloads' objectives; one Argo CD Application. */
export class AlertsChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, groups: readonly AlertGroup[]) {
    super(scope, id);
    const labels = componentLabels(NAME, 'rules');
    for (const group of groups) {
      prometheusRule(this, `rule-${group.name}`, { name: group.name, namespace: MONITORING_NAMESPACE, labels }, group, cluster);
    }
  }
}
