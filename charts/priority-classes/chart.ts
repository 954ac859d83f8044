import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';

/** Priorities that workloads may name. What names none has 0, between the two. */
export const PRIORITY_CLASSES = { interactive: 'interactive', batch: 'batch' } as const;

/** The cluster's PriorityClasses; one Argo CD Application. */
export class PriorityClassesChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster) {
    super(scope, id);
    const labels = standardLabels('priority-classes', 'platform', cluster.platform);
    new k8s.KubePriorityClass(this, 'interactive', {
      metadata: { name: PRIORITY_CLASSES.interactive, labels },
      value: 100_000,
      description: 'People wait for the answer: scheduled first, and in place of batch pods when nodes are short.',
    });
    new k8s.KubePriorityClass(this, 'batch', {
      metadata: { name: PRIORITY_CLASSES.batch, labels },
      value: -10,
      preemptionPolicy: 'Never',
      description: 'Can wait and can be repeated: gives way to everything else and displaces nothing.',
    });
  }
}
