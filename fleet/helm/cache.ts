import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CachedRender } from './chart-render';
import type { RenderedCharts } from './rendered-unit';
import { readChartLock, STORE, writeWhole } from './store';

/** What was rendered in a project's folder so far. Reads nothing but the lock until an entry is asked for. @throws SynthError when the lock is wrong */
export function renderedCharts(root: string): RenderedCharts {
  return { lock: readChartLock(root), entry: (key) => readEntry(root, key) };
}

export function writeEntry(root: string, key: string, entry: CachedRender): void {
  writeWhole(entryFile(root, key), JSON.stringify({ key, ...entry }));
}

function readEntry(root: string, key: string): CachedRender | undefined {
  const file = entryFile(root, key);
  if (!existsSync(file)) return undefined;
  let entry: (CachedRender & { readonly key: string }) | undefined;
  try {
    entry = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    entry = undefined;
  }
  if (entry?.key !== key || !Array.isArray(entry.objects)) {
    throw new Error(`${file}: damaged. Remove it, and run: npm run charts:render`);
  }
  return entry;
}

function entryFile(root: string, key: string): string {
  return join(root, STORE, 'rendered', `${key}.json`);
}
