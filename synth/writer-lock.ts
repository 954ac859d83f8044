import { readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, placeOfProcesses, startOfProcess } from './writer-process';

/** The right to write one output folder, until it is released. */
export interface Lock {
  /** Process ids of killed runs whose locks were removed. */
  readonly dead: readonly number[];
  release(): void;
}

interface Holder {
  readonly file: string;
  readonly pid: number;
  readonly started: string;
  readonly place: string;
}

/** How long a run waits for another one to end, in milliseconds. */
const WAIT = 2_000;

/** A lock of another container or machine cannot be asked whether its process lives; it counts as live until it is this old, in milliseconds. */
const ELSEWHERE = 120_000;

/**
 * Takes the lock on `<root>/<name>`, waiting up to two seconds for another run.
 *
 * Each run has a lock file of its own whose name says who it is: `.dist-lock-<pid>-<start time>-<place>`. To take the lock is to create that
 * file and then to see no other live one: of two runs the later one to create its file always sees the earlier. A name that belongs to a dead
 * process belongs to it for good, so removing it can never hit a live run, which a single lock file cannot promise.
 *
 * @throws Error that names the process that holds the lock, or the reason why no file can be created in `root`
 */
export function acquireLock(root: string, name: string, wait = WAIT): Lock {
  const prefix = `.${name}-lock-`;
  const own = `${prefix}${process.pid}-${ownStart()}-${placeOfProcesses()}`;
  const deadline = Date.now() + wait;
  for (;;) {
    // Looking before creating keeps a waiting run from disturbing others; looking after it decides.
    let live = holders(root, prefix).filter(isLive(root));
    if (live.length === 0) {
      create(root, own, name);
      const others = holders(root, prefix).filter((holder) => holder.file !== own);
      live = others.filter(isLive(root));
      if (live.length === 0) {
        for (const holder of others) remove(root, holder.file);
        return { dead: others.map((holder) => holder.pid), release: () => remove(root, own) };
      }
      remove(root, own);
    }
    if (Date.now() >= deadline) throw new Error(heldBy(live, name));
    // Two runs that started together must not stay in step.
    pause(20 + (process.pid % 40));
  }
}

function ownStart(): string {
  const started = startOfProcess(process.pid);
  if (started === undefined)
    throw new Error('Cannot tell when this process started, which the lock on the output needs: install `ps` (procps).');
  return started;
}

function holders(root: string, prefix: string): Holder[] {
  const found: Holder[] = [];
  for (const file of list(root)) {
    const [, pid, started, place] = file.startsWith(prefix) ? (/^(\d+)-([^-]*)-(.*)$/.exec(file.slice(prefix.length)) ?? []) : [];
    if (pid === undefined || started === undefined || place === undefined) continue;
    found.push({ file, pid: Number(pid), started, place });
  }
  return found;
}

function list(root: string): string[] {
  try {
    return readdirSync(root);
  } catch (error) {
    throw new Error(`Cannot read ${root}, the folder to write into (${(error as Error).message}).`, { cause: error });
  }
}

function isLive(root: string): (holder: Holder) => boolean {
  return ({ file, pid, started, place }) => {
    if (place === placeOfProcesses()) return isAlive(pid, started);
    const found = statSync(join(root, file), { throwIfNoEntry: false });
    return found !== undefined && Date.now() - found.mtimeMs < ELSEWHERE;
  };
}

function create(root: string, file: string, name: string): void {
  try {
    writeFileSync(join(root, file), '', { flag: 'wx' });
  } catch (error) {
    throw new Error(`${name} was left as it was: synth has to create files in ${root} and cannot (${(error as Error).message}).`, {
      cause: error,
    });
  }
}

/** A lock file that cannot be removed does no harm: it counts for nothing once its process has ended. */
function remove(root: string, file: string): void {
  try {
    unlinkSync(join(root, file));
  } catch {}
}

function heldBy(live: readonly Holder[], name: string): string {
  const who = live.map(({ pid, place, file }) => {
    const where = place === placeOfProcesses() ? '' : ' of another container or machine';
    return `process ${pid}${where} (${file})`;
  });
  return `Another synth is writing ${name}: ${who.join(', ')}. Nothing was written. Wait for it to end and synth again.`;
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
