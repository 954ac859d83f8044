import type { App } from 'cdk8s';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { exposure } from '../exposure';
import type { Edge } from '../network/edge';
import { autoscaler } from './autoscaler';
import { configuration } from './config';
import type { WorkloadContext } from './context';
import { controller, cronJobController } from './controller';
import { disruptionBudget } from './disruption';
import { serviceAccount } from './identity';
import { migration } from './migration';
import { monitoring } from './monitoring';
import { network } from './network';
import type { ResolvedWorkload } from './resolve';
import { services } from './services';
import { objectives } from './slo';

/** What a workload's chart is rendered from. */
export interface WorkloadChartProps {
  readonly cluster: Cluster;
  readonly workload: ResolvedWorkload;
  /** Who may connect to what, in the whole cluster. */
  readonly edges: readonly Edge[];
}

/** Everything that one workload needs in its cluster; one Argo CD Application. */
export class WorkloadChart extends NamedChart {
  constructor(scope: App, props: WorkloadChartProps) {
    super(scope, props.workload.name);
    const { cluster, workload, edges } = props;
    const context = { scope: this, cluster, edges };
    const general: WorkloadContext = { ...context, workload };
    serviceAccount(general);
    configuration(general);
    network(general);
    if (workload.kind === 'cronJob') {
      cronJobController({ ...context, workload });
      return;
    }
    const running = { ...context, workload };
    controller(running);
    services(running);
    autoscaler(running);
    disruptionBudget(running);
    monitoring(running);
    migration(running);
    if (workload.kind !== 'service') return;
    exposure({ ...context, workload });
    objectives({ ...context, workload });
  }
}
