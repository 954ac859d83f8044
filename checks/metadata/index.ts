import type { Check } from '../check';

/** Names, labels and keys are ones that the API server takes. */
export const metadataChecks: readonly Check[] = [];
