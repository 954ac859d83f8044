import { accessChecks } from './access';
import type { Check } from './check';
import { edgeChecks } from './edges';
import { gitopsChecks } from './gitops';
import { identityChecks } from './identity';
import { metadataChecks } from './metadata';
import { networkChecks } from './network';
import { placementChecks } from './placement';
import { podChecks } from './pod';
import { referenceChecks } from './references';
import { scalingChecks } from './scaling';
import { securityChecks } from './security';
import { workloadChecks } from './workloads';

/** Every check, in the order in which they run and are listed. */
export const allChecks: readonly Check[] = [
  ...identityChecks,
  ...referenceChecks,
  ...metadataChecks,
  ...scalingChecks,
  ...securityChecks,
  ...networkChecks,
  ...edgeChecks,
  ...accessChecks,
  ...workloadChecks,
  ...podChecks,
  ...placementChecks,
  ...gitopsChecks,
];
