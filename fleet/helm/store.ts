import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf } from './archive';
import { CHART_LOCK, type ChartLock, formatChartLock, parseChartLock } from './lock';

/** Folder below the project's for archives and renders: not committed, and can be deleted at any time. */
export const STORE = '.charts';

/** The file of an archive, whether it is there or not. */
export function archiveFile(root: string, digest: string): string {
  return join(root, STORE, 'archives', `${digest.replace(':', '-')}.tgz`);
}

/** An archive by its digest; undefined when it is not there, or is not what its name says. */
export function readArchive(root: string, digest: string): Uint8Array | undefined {
  const file = archiveFile(root, digest);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  return digestOf(bytes) === digest ? bytes : undefined;
}

export function writeArchive(root: string, bytes: Uint8Array): void {
  writeWhole(archiveFile(root, digestOf(bytes)), bytes);
}

/** @param root - the project's folder @throws SynthError when the file is not as expected */
export function readChartLock(root: string): ChartLock {
  const file = join(root, CHART_LOCK);
  return parseChartLock(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

export function writeChartLock(root: string, lock: ChartLock): void {
  const file = join(root, CHART_LOCK);
  const text = formatChartLock(lock);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeWhole(file, text);
}

/** Writes a file that is never seen half-written. */
export function writeWhole(file: string, content: string | Uint8Array, mode = 0o644): void {
  const staged = `${file}.${process.pid}.new`;
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(staged, content, { mode });
    renameSync(staged, file);
  } catch (error) {
    rmSync(staged, { force: true });
    throw error;
  }
}
