import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClusterFacts } from './facts';
import { readFacts } from './facts-file';
import { checkManifests, count, type FolderResult } from './folder';
import { formatJson, formatText } from './format';
import { formatSarif } from './format-sarif';
import { allChecks } from './index';
import { readFolder } from './read';

/** What the command prints and how it ends. */
export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 1 on errors, 0 without (warnings do not count), 2 on wrong usage or when there was nothing to check. */
  readonly exitCode: 0 | 1 | 2;
}

const USAGE = `usage: npm run check -- [folder] [--format text|json|sarif] [--facts file.yaml] [--list]

  folder    YAML and JSON files to check, default dist
  --format  text (default), json or sarif, on standard output
  --facts   what is known of the clusters (Kubernetes minor, node groups, …), see docs/checks-cli.md
  --list    print every check and exit`;

const FORMATS: Readonly<Record<string, (result: FolderResult) => string>> = { text: formatText, json: formatJson, sarif: formatSarif };

/**
 * The command line of `npm run check`.
 * @param factsOf facts of a cluster where no `--facts` file gives them
 * @param from the folder that given paths start at; npm runs its scripts in the project's, wherever the user stands. @default - the working directory
 */
export function cli(args: readonly string[], factsOf: (cluster: string) => Partial<ClusterFacts> = () => ({}), from = '.'): CliResult {
  try {
    const given = (path: string) => {
      const inside = relative('', resolve(from, path));
      return inside.startsWith('..') ? resolve(from, path) : inside || '.';
    };
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        facts: { type: 'string' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { stdout: USAGE, stderr: '', exitCode: 0 };
    if (values.list) return { stdout: listing(), stderr: '', exitCode: 0 };
    const [dir = 'dist', ...more] = positionals.map(given);
    if (more.length > 0) return usage(`one folder is checked at a time, but found also ${more.join(', ')}`);
    const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
    if (format === undefined) return usage(`--format ${values.format}: expected one of ${Object.keys(FORMATS).join(', ')}`);
    if (!existsSync(dir))
      return usage(`${dir}: no such folder${positionals.length === 0 ? '; run npm run synth first, or name another' : ''}`);

    const manifests = readFolder(dir);
    if (manifests.sets.length === 0 && manifests.problems.length === 0) {
      return usage(`${dir}: found no Kubernetes objects in ${manifests.files} YAML and JSON files`);
    }
    const file = values.facts === undefined ? undefined : readFacts(given(values.facts));
    const names = manifests.sets.map(({ name }) => name);
    for (const cluster of file?.byCluster.keys() ?? []) {
      if (!names.includes(cluster)) return usage(`${values.facts}: cluster ${cluster}: expected one of ${names.join(', ')}`);
    }
    const facts = (cluster: string) => ({ ...factsOf(cluster), ...file?.common, ...file?.byCluster.get(cluster) });
    const result = checkManifests(manifests, facts);
    return { stdout: format(result), stderr: '', exitCode: count(result).errors > 0 ? 1 : 0 };
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

function listing(): string {
  return allChecks
    .map(
      ({ id, severity, title, needs }) =>
        `${id} (${severity})\n  ${title}${needs === undefined ? '' : ` Needs facts: ${needs.join(', ')}.`}`,
    )
    .join('\n');
}

function usage(message: string): CliResult {
  return { stdout: '', stderr: `${message}\n\n${USAGE}`, exitCode: 2 };
}
