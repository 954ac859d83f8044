import type { authorworks } from '../../../apps/authorworks';
import type { Overlay } from '../../../charts/workload/platform';

/** What differs in staging: nothing beyond the values per environment that the workloads state themselves. */
export const staging: Overlay<typeof authorworks> = {};
