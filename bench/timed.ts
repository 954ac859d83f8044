import { spawn } from 'node:child_process';
import type { Time } from './meter';
import { outcomeOf } from './outcome';

/** A finished command. */
export interface Timed extends Time {
  readonly code: number | null;
  /** What it printed to standard error. */
  readonly errors: string;
}

/** Runs a program and everything that it starts. @returns undefined when it took longer than `timeout` seconds and was stopped */
export async function timed(
  command: readonly string[],
  options: { readonly cwd: string; readonly timeout: number; readonly env?: Readonly<Record<string, string>> },
): Promise<Timed | undefined> {
  const before = performance.now();
  // Node tells nothing of the CPU time of its children; the shell does.
  const child = spawn('sh', ['-c', '"$@" >/dev/null; code=$?; times; exit $code', 'sh', ...command], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = await outcomeOf(child, options.timeout, () => {
    // The whole group: the shell and what it started.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  if (outcome === undefined) return undefined;
  const { code, output, errors } = outcome;
  const [user = 0, system = 0] = (output.trim().split('\n').at(-1) ?? '').split(' ').map(seconds);
  return { user, system, wall: (performance.now() - before) / 1e3, code, errors };
}

/** `0m1.25s` as the shell prints it. */
function seconds(text: string): number {
  const [, minutes = '0', rest = '0'] = /^(\d+)m([\d.]+)s$/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(rest);
}
