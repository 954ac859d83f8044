import { sameAccountAndRegion, sameIssuer, soundBuckets } from './agreement';
import { contractSchema, type LoadedContract } from './contract';
import { soundAddresses, soundZones } from './network';
import { validate } from './validate';

/**
 * Reads the text of an `aws.yaml`. Pure; `readContract` in `fleet/` reads the file.
 * @throws DataError with every problem of the file
 */
export function loadContract(text: string, file: string): LoadedContract {
  return { file, data: validate(text, file, contractSchema, [sameAccountAndRegion, sameIssuer, soundBuckets, soundZones, soundAddresses]) };
}
