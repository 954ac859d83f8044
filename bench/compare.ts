import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kustomize } from './kustomize';
import type { Options } from './options';
import { cpu, rendering, runChild, type Sample, type Stopped, writing } from './run-child';
import { median } from './statistics';
import { mb, s, table } from './table';

/** All that was measured at one size. A subject without samples was not run. */
export interface Comparison {
  readonly size: number;
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly stopped: ReadonlyMap<string, Stopped>;
}

const OURS = { ours: 'this project', again: 'this project, unchanged', workloads: 'this project, service()' };
const FLOOR = { floor: 'floor: JSON.stringify' };
const PEERS = {
  stock: 'cdk8s + plus L2, file per chart',
  stockFolders: 'cdk8s + plus L2, file per object',
  stockL1: 'cdk8s, our L1 objects, file per object',
};
const TITLES: Readonly<Record<string, string>> = { ...FLOOR, ...OURS, ...PEERS };

/** A peer that takes longer than this is not asked again: its place is clear. */
const ONCE_ABOVE = 60;

/** Kustomize's time grows with the square of the number of objects: beyond this it only costs the reader's time. */
const KUSTOMIZE_UP_TO = 1000;
const KUSTOMIZE_TIMEOUT = 120;

/** Runs every subject at one size, one after the other in turns, so that a noisy minute hits all of them. */
export async function compare(size: number, options: Options, folder: string, log: (text: string) => void): Promise<Comparison> {
  const samples = new Map<string, Sample[]>();
  const stopped = new Map<string, Stopped>();
  const slow = new Set<string>();
  const place = prepare(folder);
  // Not counted: the first files on a disk cost more than those that take the place of removed ones.
  await runChild({ subject: 'floor', services: size, folder: place, timeout: 3600 });
  for (let run = 0; run < options.runs; run += 1) {
    for (const subject of [...Object.keys(FLOOR), ...Object.keys(OURS), ...(options.alone ? [] : Object.keys(PEERS))]) {
      if (slow.has(subject)) continue;
      log(`${subject} with ${size} services, run ${run + 1}`);
      if (subject !== 'again') prepare(folder);
      const own = !(subject in PEERS);
      const child = {
        subject: subject === 'again' ? 'ours' : subject,
        services: size,
        folder: place,
        timeout: own ? 3600 : options.timeout,
      };
      const sample = await runChild(child);
      if ('stopped' in sample) {
        stopped.set(subject, sample);
        slow.add(subject);
        continue;
      }
      samples.set(subject, [...(samples.get(subject) ?? []), sample]);
      if (sample.process.wall > ONCE_ABOVE && !own) slow.add(subject);
    }
  }
  return { size, samples, stopped };
}

/** The median of a number over a subject's runs; `undefined` when it did not run to its end. */
export function middle({ samples }: Comparison, subject: string, of: (sample: Sample) => number): number | undefined {
  const all = samples.get(subject);
  return all === undefined ? undefined : median(all.map(of));
}

/** The table of one size. */
export async function comparisonText(comparison: Comparison, options: Options, folder: string): Promise<string> {
  const head = ['', 'user', 'system', 'wall', 'files: CPU', 'wall', 'all: CPU', 'wall', 'peak MB', 'files'];
  const ofSubject = (name: string): readonly string[] => {
    const end = comparison.stopped.get(name);
    const title = TITLES[name] ?? name;
    if (end !== undefined) return [title, `> ${s(end.cpu ?? 0)}`, '', `> ${s(end.wall)}`];
    const of = (what: (sample: Sample) => number) => middle(comparison, name, what) ?? Number.NaN;
    const render = (key: 'user' | 'system' | 'wall') => s(of((sample) => rendering(sample)[key]));
    return [
      title,
      render('user'),
      render('system'),
      render('wall'),
      s(of((sample) => cpu(writing(sample)))),
      s(of((sample) => writing(sample).wall)),
      s(of(total)),
      s(of((sample) => rendering(sample).wall + writing(sample).wall)),
      mb(of(({ peak }) => peak)),
      String(of(({ files }) => files)),
    ];
  };
  const rows = Object.keys(TITLES)
    .filter((name) => comparison.samples.has(name) || comparison.stopped.has(name))
    .map(ofSubject);
  if (!options.alone && comparison.size <= KUSTOMIZE_UP_TO) {
    const place = prepare(folder);
    await runChild({ subject: 'ours', services: comparison.size, folder: place, timeout: 3600 });
    const built = await kustomize(join(place, 'cluster-0'), folder, Math.min(options.timeout, KUSTOMIZE_TIMEOUT));
    if (built !== undefined) rows.push(built);
  }
  return table(head, rows);
}

/** CPU of everything after the start of the process, file creation included. */
export function total(sample: Sample): number {
  return cpu(rendering(sample)) + cpu(writing(sample));
}

/** One place for all, so that nobody has a better part of the disk. @returns the folder to write, which is not there yet */
function prepare(folder: string): string {
  const place = join(folder, 'compare', 'dist');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  return place;
}
