import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Processes that live in one temporary folder and end with it. */
export interface Processes {
  /** The temporary folder; everything that the processes write belongs in here. */
  readonly folder: string;
  /**
   * Starts a program; its output goes to `<name>.log` in the folder.
   * @throws (through the promise of {@link until}) when it ends by itself
   */
  start(program: string, args: readonly string[]): void;
  /**
   * Asks again and again until the answer is true.
   * @throws an Error with the ends of all logs, when a process ended or the time (milliseconds) ran out
   */
  until(what: string, answer: () => Promise<boolean>, timeout?: number): Promise<void>;
  /** Ends all processes and removes the folder; returns when both are gone. */
  stop(): Promise<void>;
}

/** Prepares a temporary folder and its keeper, which also cleans up when this process is killed. */
export function processes(): Processes {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-manifests-e2e-'));
  const keeper = spawn('/bin/sh', [join(__dirname, 'keeper.sh'), folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const gone = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
  const started: { readonly name: string; readonly child: ChildProcess; readonly log: string }[] = [];
  let failure: string | undefined;

  return {
    folder,
    start(program, args) {
      const name = basename(program);
      const log = join(folder, `${name}.log`);
      const out = openSync(log, 'a');
      // A process group of its own: Ctrl-C reaches the harness only, and the keeper ends the rest in order.
      const child = spawn(program, args, { stdio: ['ignore', out, out], detached: true, cwd: folder });
      closeSync(out);
      if (child.pid !== undefined) keeper.stdin.write(`${child.pid}\n`);
      child.once('error', (error) => {
        failure = `${program} did not start: ${error.message}`;
      });
      child.once('exit', (code, signal) => {
        failure ??= `${name} ended by itself (${signal ?? `exit code ${code}`})`;
      });
      started.push({ name, child, log });
    },
    async until(what, answer, timeout = 60_000) {
      const end = Date.now() + timeout;
      for (;;) {
        if (await answer().catch(() => false)) return;
        if (failure === undefined && Date.now() > end) failure = `no ${what} within ${timeout / 1000} s`;
        if (failure !== undefined) throw new Error([failure, ...started.map(({ name, log }) => lastLines(name, log))].join('\n'));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      for (const { child } of started) child.removeAllListeners('exit');
      keeper.stdin.end();
      await gone;
    },
  };
}

/** A port of the loopback interface that nothing listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function lastLines(name: string, log: string): string {
  return `-- ${name}\n${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n')}`;
}
