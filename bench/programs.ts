import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './statistics';
import { s, table } from './table';
import type { Target } from './targets';
import { type Timed, timed } from './timed';

const ROOT = join(__dirname, '..');
const CLI = join(ROOT, 'node_modules', '.bin', 'cdk8s');
const DIRECT = [process.execPath, '--require', 'ts-node/register', 'main.ts'];

/** Whole programs as people start them: the smallest one, and the fleet as it stands. Nothing is written to the project's dist. */
export async function programs(folder: string, runs: number): Promise<{ readonly text: string; readonly targets: readonly Target[] }> {
  const smallest = join(ROOT, 'bench', 'one-config-map');
  const scratch = join(folder, 'programs', 'one');
  const fleet = join(folder, 'programs', 'fleet');
  const again = join(folder, 'programs', 'fleet-again');
  const cli = (output: string) => [CLI, 'synth', '--no-check-upgrade', '--output', output];
  await timed(DIRECT, { cwd: ROOT, timeout: 600, env: { CDK8S_OUTDIR: again } });
  const rows: (readonly [string, readonly Timed[]])[] = [
    ['one ConfigMap, cdk8s CLI', await repeat(5, () => timed(cli(scratch), { cwd: smallest, timeout: 60 }))],
    ['one ConfigMap, direct', await repeat(5, () => timed(DIRECT, { cwd: smallest, timeout: 60, env: { CDK8S_OUTDIR: scratch } }))],
    // The CLI empties the folder first, so that every file is new.
    ['the fleet, cdk8s CLI', await repeat(runs, () => timed(cli(fleet), { cwd: ROOT, timeout: 600 }))],
    ['the fleet, direct, into nothing', await repeat(runs, () => into(fleet))],
    ['the fleet, direct, unchanged', await repeat(runs, () => timed(DIRECT, { cwd: ROOT, timeout: 600, env: { CDK8S_OUTDIR: again } }))],
  ];
  const text = table(
    ['', 'user', 'system', 'wall', 'least wall'],
    rows.map(([title, all]) => [
      title,
      ...(['user', 'system', 'wall'] as const).map((key) => s(median(all.map((run) => run[key])))),
      s(Math.min(...all.map(({ wall }) => wall))),
    ]),
  );
  const least = Math.min(...(rows[0]?.[1] ?? []).map(({ wall }) => wall));
  return { text, targets: [{ what: 'one ConfigMap through the CLI, best of five', measured: least, bound: 'most', limit: 1, unit: ' s' }] };
}

function into(folder: string): Promise<Timed | undefined> {
  rmSync(folder, { recursive: true, force: true });
  return timed(DIRECT, { cwd: ROOT, timeout: 600, env: { CDK8S_OUTDIR: folder } });
}

async function repeat(times: number, run: () => Promise<Timed | undefined>): Promise<readonly Timed[]> {
  const all: Timed[] = [];
  for (let i = 0; i < times; i += 1) {
    const result = await run();
    if (result === undefined || result.code !== 0) throw new Error(`a program did not end well:\n${result?.errors ?? 'it took too long'}`);
    all.push(result);
  }
  return all;
}
