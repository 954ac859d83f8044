import type { Check } from '../check';
import { groupCapacity } from './group-capacity';
import { maximumFitsGroups } from './maximum-fits-groups';
import { podFitsNode } from './pod-fits-node';
import { quotaHoldsMaxima } from './quota-holds-maxima';
import { quotaNeedsRequests } from './quota-needs-requests';
import { scratchRequested } from './scratch-requested';
import { spreadPossible } from './spread-possible';

/** Whether the cluster's nodes and quotas can run what is rendered for it; docs/placement.md tells the arithmetic. */
export const placementChecks: readonly Check[] = [
  podFitsNode,
  maximumFitsGroups,
  groupCapacity,
  spreadPossible,
  quotaHoldsMaxima,
  quotaNeedsRequests,
  scratchRequested,
];
