import type { Check } from '../check';
import { groupCapacity } from './group-capacity';
import { maximumFitsGroups } from './maximum-fits-groups';
import { podFitsNode } from './pod-fits-node';
import { spreadPossible } from './spread-possible';

/** Whether the cluster's nodes can run what is rendered for it; docs/placement.md tells the arithmetic. */
export const placementChecks: readonly Check[] = [podFitsNode, maximumFitsGroups, groupCapacity, spreadPossible];
