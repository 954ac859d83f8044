import type { Check } from '../check';

/** Everything that an object refers to is there. */
export const referenceChecks: readonly Check[] = [];
