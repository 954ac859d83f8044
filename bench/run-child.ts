import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_TIME, type Phase, plus, type Time } from './meter';
import { outcomeOf } from './outcome';
import type { SubjectReport } from './subjects/subject';

/** One finished run of a subject in a process of its own. */
export interface Sample extends SubjectReport {
  readonly phases: Readonly<Partial<Record<Phase, Time>>>;
  /** Of the whole process, start and loading of modules included. */
  readonly process: Time;
  /** Peak resident memory in bytes. */
  readonly peak: number;
}

/** A run that was stopped: it would have taken more than this. */
export interface Stopped {
  readonly stopped: true;
  /** CPU seconds used until then, where the system tells. */
  readonly cpu: number | undefined;
  readonly wall: number;
}

/** What is run, and how. */
export interface ChildOptions {
  readonly subject: string;
  readonly services: number;
  readonly clusters?: number;
  readonly folder: string;
  /** Seconds. */
  readonly timeout: number;
  /** Lets the subject collect garbage, to see what is still in use. @default false */
  readonly collectGarbage?: boolean;
}

/** Runs a subject. @throws Error with what it printed, when it fails */
export async function runChild({
  subject,
  services,
  clusters = 1,
  folder,
  timeout,
  collectGarbage = false,
}: ChildOptions): Promise<Sample | Stopped> {
  const args = ['--require', 'ts-node/register', join(__dirname, 'child.ts'), subject, String(services), String(clusters), folder];
  const child = spawn(process.execPath, collectGarbage ? ['--expose-gc', ...args] : args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let cpu: number | undefined;
  const outcome = await outcomeOf(child, timeout, () => {
    cpu = cpuOf(child.pid);
    child.kill('SIGKILL');
  });
  if (outcome === undefined) return { stopped: true, cpu, wall: timeout };
  const { code, output, errors } = outcome;
  if (code !== 0) throw new Error(`${subject} with ${services} services failed (exit code ${code}):\n${errors}`);
  return JSON.parse(output) as Sample;
}

/** Rendering: everything but the writing of files. */
export function rendering({ phases }: Sample): Time {
  return [phases.build, phases.render].reduce<Time>((sum, time) => plus(sum, time ?? NO_TIME), NO_TIME);
}

/** Creating, comparing and removing of files. */
export function writing({ phases }: Sample): Time {
  return phases.write ?? NO_TIME;
}

/** CPU seconds: program and kernel. */
export function cpu({ user, system }: Time): number {
  return user + system;
}

/** From /proc, in ticks of 10 ms; the second field is a name that may hold spaces. */
function cpuOf(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}
