import type { App } from 'cdk8s';
import { customResource } from '../../imports/custom-resource';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import { NamedChart } from '../../synth/collect';
import { secretPath } from '../aws/refs';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { SECRET_STORES } from '../secret-stores/names';
import type { Labels } from '../workload/labels';
import { externalSecret } from '../workload/secrets';
import type { ActionsRunnerChoices } from './choices';
import { APP_SECRET, ARC_NAMESPACE, CONTROLLER, CONTROLLER_SELECTOR, LISTENER_SELECTOR, RUNNERS_NAMESPACE } from './names';

/** What the upstream charts leave out: the key of the GitHub App, and where Prometheus scrapes; one Argo CD Application. */
export class RunnerConfigChart extends NamedChart {
  /** @throws when the contract has no such secret */
  constructor(scope: App, id: string, cluster: Cluster, { secret = 'github-runners' }: ActionsRunnerChoices) {
    super(scope, id);
    externalSecret(this, 'github-app', RUNNERS_NAMESPACE, componentLabels('actions-runner', 'runners'), {
      objectName: APP_SECRET,
      store: SECRET_STORES.secretsManager,
      remote: secretPath(cluster.aws, secret),
      keys: { github_app_id: 'appId', github_app_installation_id: 'installationId', github_app_private_key: 'privateKey' },
    });
    const scraped: Readonly<Record<string, Labels>> = { [CONTROLLER]: CONTROLLER_SELECTOR, listeners: LISTENER_SELECTOR };
    for (const [name, selector] of Object.entries(scraped)) {
      customResource(this, `podmonitor-${name}`, PodMonitor, {
        metadata: {
          name,
          namespace: ARC_NAMESPACE,
          labels: { ...componentLabels('actions-runner', name) },
          annotations: { 'ignore-check.fleet/pod-monitor-selects-pods': 'An upstream chart, or the controller itself, makes these pods.' },
        },
        spec: { selector: { matchLabels: { ...selector } }, podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }] },
      });
    }
  }
}
