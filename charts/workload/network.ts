import { policiesOf } from '../network';
import type { WorkloadContext } from './context';
import { labelsOf, standardLabels } from './labels';
import { migrationParty, partyOf } from './party';

/** The policies of a workload's pods and of its migration's: who may reach which port, and where they may go. */
export function network({ scope, workload, cluster, edges }: WorkloadContext): void {
  policiesOf(scope, 'network', partyOf(workload, cluster), edges, labelsOf(workload, cluster.platform));
  if (workload.kind === 'cronJob' || workload.props.migration === undefined) return;
  const party = migrationParty(workload, cluster);
  policiesOf(scope, 'migration-network', party, edges, standardLabels(party.name, 'migration', cluster.platform));
}
