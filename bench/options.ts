import { parseArgs } from 'node:util';

/** What `npm run bench --` takes. */
export interface Options {
  /** Numbers of services, ascending. */
  readonly sizes: readonly number[];
  /** How often each subject runs; the median counts. */
  readonly runs: number;
  /** Seconds after which a peer is stopped and counts as slower than that. */
  readonly timeout: number;
  /** Whether a missed target makes the exit code 1. */
  readonly assert: boolean;
  /** Folder to write below. @default - inside the project, so on its disk */
  readonly folder?: string;
  /** Whether cdk8s and kustomize are left out. */
  readonly alone: boolean;
}

export const HELP = `npm run bench -- [options]
  --services 200,1000,5000   numbers of services (default 200); exponents need two or more
  --runs 3                   runs of each subject, of which the median counts (default 1)
  --timeout 600              seconds after which a peer is stopped (default 600)
  --folder <path>            where to write (default: inside the project, on its disk)
  --alone                    only this project and the floor, no peers
  --assert                   exit code 1 when a target is missed`;

/** @throws Error when an option is not known or not a number */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      services: { type: 'string', default: '200' },
      runs: { type: 'string', default: '1' },
      timeout: { type: 'string', default: '600' },
      folder: { type: 'string' },
      alone: { type: 'boolean', default: false },
      assert: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const sizes = values.services.split(',').map((text) => positive(text, '--services'));
  return {
    sizes: sizes.sort((a, b) => a - b),
    runs: positive(values.runs, '--runs'),
    timeout: positive(values.timeout, '--timeout'),
    assert: values.assert,
    folder: values.folder,
    alone: values.alone,
  };
}

function positive(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${option} is ${JSON.stringify(text)}. Expected a whole number above 0.`);
  return value;
}
