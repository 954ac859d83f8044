import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { syncWaveAnnotation } from '../gitops/application';
import { componentLabels, componentSelector } from '../native/labels';
import { containerSecurity, podSecurity, resourceRequirements } from '../workload/container';
import { placement, spread } from '../workload/placement';
import type { Headroom } from './headroom';
import { OVERPROVISIONING_CLASS, OVERPROVISIONING_PRIORITY } from './priority';

/** Namespace of the pods that hold room. */
export const OVERPROVISIONING_NAMESPACE = 'overprovisioning';

/**
 * Pods that do nothing and give way to any other, so that a pod need not wait for a new node; one Argo CD Application. They have no
 * PodDisruptionBudget: their loss costs nobody anything, and one would keep nodes from being drained.
 */
export class OverprovisioningChart extends NamedChart {
  /** @throws when a node group is none of the cluster's */
  constructor(scope: App, id: string, cluster: Cluster, headroom: readonly Headroom[]) {
    super(scope, id);
    new k8s.KubePriorityClass(this, 'priority-class', {
      metadata: {
        name: OVERPROVISIONING_CLASS,
        labels: componentLabels('overprovisioning', 'priority-class'),
        // Argo CD applies it after Deployments otherwise, and their first pods are refused.
        annotations: { [syncWaveAnnotation]: '-1' },
      },
      value: OVERPROVISIONING_PRIORITY,
      preemptionPolicy: 'Never',
      description: 'Holds room for others: gives way to every pod and displaces none.',
    });
    for (const room of headroom) this.deployment(cluster, room);
  }

  private deployment(cluster: Cluster, { nodeGroup, pods, resources }: Headroom): void {
    const release = releaseFor(catalogue.pause, cluster);
    const name = `overprovisioning-${nodeGroup}`;
    const metadata = { name, namespace: OVERPROVISIONING_NAMESPACE, labels: componentLabels('overprovisioning', nodeGroup) };
    const selector = componentSelector('overprovisioning', nodeGroup);
    new k8s.KubeServiceAccount(this, `serviceaccount-${nodeGroup}`, { metadata, automountServiceAccountToken: false });
    new k8s.KubeDeployment(this, `deployment-${nodeGroup}`, {
      metadata: {
        ...metadata,
        annotations: {
          'ignore-check.fleet/liveness-probe': 'It waits for a signal and does nothing else: a restart helps nobody.',
          'ignore-check.fleet/single-scrape': 'It listens nowhere and has no metrics.',
        },
      },
      spec: {
        replicas: pods,
        revisionHistoryLimit: 1,
        selector: { matchLabels: selector },
        // Room is not held twice for the sake of a rollout.
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(0), maxUnavailable: k8s.IntOrString.fromNumber(1) },
        },
        template: {
          metadata: { labels: { ...metadata.labels, 'app.kubernetes.io/version': release.version } },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            priorityClassName: OVERPROVISIONING_CLASS,
            // Whoever takes the place should not have to wait.
            terminationGracePeriodSeconds: 0,
            securityContext: podSecurity,
            ...placement(cluster, nodeGroup, `${this.node.path}: ${name}`),
            topologySpreadConstraints: spread(selector, 'ScheduleAnyway', 'Deployment'),
            containers: [
              {
                name: 'pause',
                image: imageOf(catalogue.pause, release, 'pause'),
                imagePullPolicy: 'IfNotPresent',
                resources: resourceRequirements({ requests: resources, limits: { memory: resources.memory } }),
                securityContext: containerSecurity(),
              },
            ],
          },
        },
      },
    });
  }
}
