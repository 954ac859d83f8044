import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChild, type Sample } from './run-child';
import { mb } from './table';
import type { Target } from './targets';

const CLUSTERS = 10;

/** Whether a cluster is let go once it is rendered: the same services in one cluster, in ten, and in ten with a look at what is still in use. */
export async function memory(services: number, folder: string): Promise<{ readonly text: string; readonly targets: readonly Target[] }> {
  const run = async (clusters: number, collectGarbage: boolean): Promise<Sample> => {
    const place = join(folder, 'memory', 'dist');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(join(place, '..'), { recursive: true });
    const sample = await runChild({ subject: 'ours', services, clusters, folder: place, timeout: 3600, collectGarbage });
    if ('stopped' in sample) throw new Error('the run for memory did not end');
    return sample;
  };
  const one = await run(1, false);
  const many = await run(CLUSTERS, false);
  const watched = await run(CLUSTERS, true);
  // What stays from the second cluster on; the texts of all clusters have to stay until they are written.
  const texts = (watched.characters * (CLUSTERS - 1)) / CLUSTERS;
  const retained = watched.extra?.retained ?? Number.NaN;
  return {
    text:
      `Memory, ${services} services: peak ${mb(one.peak)} MB as one cluster, ${mb(many.peak)} MB as ${CLUSTERS}; ` +
      `${mb(watched.characters)} MB of text; ${mb(retained)} MB stay in use for ${mb(texts)} MB of text of clusters 2 to ${CLUSTERS}`,
    targets: [
      { what: 'memory that stays per cluster, in texts of it', measured: retained / texts, bound: 'most', limit: 2 },
      {
        what: `peak memory of ${CLUSTERS} clusters over that of one with the same services`,
        measured: many.peak / one.peak,
        bound: 'most',
        limit: 1,
      },
    ],
  };
}
