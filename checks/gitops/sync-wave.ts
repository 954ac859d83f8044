import { at, shown } from '../at';
import type { Check } from '../check';

const WAVE = 'argocd.argoproj.io/sync-wave';

/** Waves are whole numbers. */
export const syncWave: Check = {
  id: 'sync-wave',
  title: 'A sync wave is a whole number, written as text.',
  severity: 'error',
  why: 'Argo CD takes any other text for wave 0 without a word; a number that is no text is refused by the API server.',
  mend: 'Write it with quotes, as "2" or "-1".',
  *run(objects) {
    for (const subject of objects) {
      const wave = at(subject.object.metadata.annotations, WAVE);
      if (wave === undefined || (typeof wave === 'string' && /^[+-]?\d+$/.test(wave))) continue;
      yield {
        subject,
        field: `metadata.annotations['${WAVE}']`,
        message: `the sync wave is ${shown(wave)}, expected a whole number as text`,
      };
    }
  },
};
