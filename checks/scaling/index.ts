import type { Check } from '../check';
import { hpaBehavior } from './hpa-behavior';
import { hpaBounds } from './hpa-bounds';
import { hpaMetrics } from './hpa-metrics';
import { hpaReplicas } from './hpa-replicas';
import { hpaTarget } from './hpa-target';
import { pdbBlocksDrain } from './pdb-blocks-drain';
import { pdbEvictionPolicy } from './pdb-eviction-policy';
import { pdbOverlap } from './pdb-overlap';
import { requestsWithinLimits } from './requests-within-limits';
import { rolloutDowntime } from './rollout-downtime';

/** How many pods run, and how they come and go. */
export const scalingChecks: readonly Check[] = [
  hpaBounds,
  hpaTarget,
  hpaMetrics,
  hpaReplicas,
  hpaBehavior,
  requestsWithinLimits,
  pdbBlocksDrain,
  pdbOverlap,
  pdbEvictionPolicy,
  rolloutDowntime,
];
