import type { Check } from '../check';
import { duplicateIdentity } from './duplicate-identity';
import { unnamedObject } from './unnamed-object';

/** Every object can be told apart. */
export const identityChecks: readonly Check[] = [unnamedObject, duplicateIdentity];
