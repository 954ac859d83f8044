import type { ChildProcess } from 'node:child_process';

/** How a program ended. */
export interface Outcome {
  readonly code: number | null;
  /** What it printed to standard output. */
  readonly output: string;
  /** What it printed to standard error. */
  readonly errors: string;
}

/**
 * The end of a program, with what it printed.
 * @param timeout in seconds
 * @param stop ends the program, when it takes longer
 * @returns undefined when it was stopped
 */
export function outcomeOf(child: ChildProcess, timeout: number, stop: () => void): Promise<Outcome | undefined> {
  let output = '';
  let errors = '';
  child.stdout?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      resolve(undefined);
    }, timeout * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output, errors });
    });
  });
}
