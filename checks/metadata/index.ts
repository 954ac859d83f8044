import type { Check } from '../check';
import { annotationValid } from './annotation-valid';
import { configKeyValid } from './config-key-valid';
import { configSize } from './config-size';
import { configValueString } from './config-value-string';
import { envNameUnique } from './env-name-unique';
import { envNameValid } from './env-name-valid';
import { envValueString } from './env-value-string';
import { labelValid } from './label-valid';
import { objectNameValid } from './object-name-valid';
import { recommendedLabels } from './recommended-labels';
import { selectorMatchesTemplate } from './selector-matches-template';
import { selectorOverlap } from './selector-overlap';

/** Names, labels, keys and values are ones that the API server takes. */
export const metadataChecks: readonly Check[] = [
  objectNameValid,
  labelValid,
  annotationValid,
  selectorMatchesTemplate,
  selectorOverlap,
  recommendedLabels,
  envNameValid,
  envNameUnique,
  envValueString,
  configKeyValid,
  configValueString,
  configSize,
];
