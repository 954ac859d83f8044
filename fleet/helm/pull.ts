import type { ChartReference } from '../../charts/catalogue';
import { archiveProblem, digestOf } from './archive';
import { getExisting } from './http';
import { lookUp } from './http-repository';
import { pullFromRegistry } from './oci-registry';
import { chartText } from './reference';
import { readArchive, readChartLock, writeArchive, writeChartLock } from './store';

export interface PullOptions {
  /** The project's folder. Absolute. */
  readonly root: string;
  readonly charts: readonly ChartReference[];
  /** Receives what people should read. */
  readonly print: (text: string) => void;
  /** Downloads the charts anew and locks what comes, whatever was locked before. @default false */
  readonly acceptChanged?: boolean;
}

/** An archive as it came. */
interface Download {
  readonly bytes: Uint8Array;
  /** Digest that the repository states. @default - it states none */
  readonly stated?: string;
}

/**
 * Fills the store with archives of charts, each as the lock pins it, and adds to the lock what was not in it: the first download is trusted.
 * @returns the exit code: 0, or 1 when anything was wrong; then the lock is as before, and the store has gained only whole, right archives
 */
export async function pullCharts({ root, charts, print, acceptChanged = false }: PullOptions): Promise<0 | 1> {
  const lock = readChartLock(root);
  const digests = new Map(lock.digests);
  const problems: string[] = [];
  let downloads = 0;
  for (const chart of charts) {
    const text = chartText(chart);
    const locked = lock.digests.get(text);
    if (locked !== undefined && !acceptChanged && readArchive(root, locked) !== undefined) continue;
    try {
      const digest = keep(root, chart, await download(chart), acceptChanged ? undefined : locked);
      digests.set(text, digest);
      downloads += 1;
      const before = locked === undefined ? ' (new in the lock: trusted as it came)' : ` (changed in the lock; it was ${locked})`;
      print(`${text}: ${digest}${locked === digest ? '' : before}`);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (problems.length > 0) {
    print(`${problems.join('\n\n')}\n\nThe lock is as it was.`);
    return 1;
  }
  writeChartLock(root, { ...lock, digests });
  print(`${charts.length} charts: ${downloads} downloaded, ${charts.length - downloads} already there.`);
  return 0;
}

/** Puts an archive into the store, if it is what was asked for. @returns its digest */
function keep(root: string, chart: ChartReference, { bytes, stated }: Download, locked: string | undefined): string {
  const text = chartText(chart);
  const digest = digestOf(bytes);
  if (stated !== undefined && stated !== digest) {
    throw new Error(
      `${text}: wrong digest: the repository's index says ${stated}, what came is ${digest}. Nothing of it is kept; try again, and tell its maintainers if it stays so.`,
    );
  }
  const problem = archiveProblem(bytes, chart);
  if (problem !== undefined) throw new Error(`${text}: what came is ${problem}. Nothing of it is kept; check the repository's address.`);
  if (locked !== undefined && locked !== digest) {
    throw new Error(
      `${text}: the archive was changed under the same version: ${locked} is locked, what came is ${digest}. Nothing of it is kept. Find out why; ` +
        `to take the new one: npm run charts:pull -- --accept-changed ${chart.name}`,
    );
  }
  writeArchive(root, bytes);
  return digest;
}

async function download(chart: ChartReference): Promise<Download> {
  const { repository, name, version } = chart;
  if (!/^https?:\/\//.test(repository)) return { bytes: await pullFromRegistry(`${repository.replace(/^oci:\/\//, '')}/${name}`, version) };
  const { url, digest } = await lookUp(chart);
  const stated = digest === undefined ? {} : { stated: digest };
  if (!url.startsWith('oci://')) return { bytes: await getExisting(url), ...stated };
  const [, place = '', tag = version] = /^oci:\/\/(.*?)(?::([^:/]*))?$/.exec(url) ?? [];
  return { bytes: await pullFromRegistry(place, tag) };
}
