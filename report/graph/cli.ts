import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClusterFacts } from '../../checks/facts';
import { readFolder } from '../../checks/read';
import { mapOf } from './build';
import { mermaidOf } from './mermaid';
import type { FleetMap } from './model';
import { indexOf, pageOf, summaryOf } from './page';

/** What the command prints and how it ends. */
export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 1 when a file could not be read, so that its objects are missing from the map; 2 on wrong usage or when there is nothing to draw. */
  readonly exitCode: 0 | 1 | 2;
}

const USAGE = `usage: npm run graph -- [folder ...] [--out folder]

  folder  Kubernetes YAML and JSON, default dist; each folder in it with a bootstrap.yaml is a cluster of its own
  --out   where <cluster>.html and <cluster>.mmd are written, default .graph`;

/**
 * The command line of `npm run graph`: writes a page and a Mermaid file per cluster, and a page that leads to them when there are several.
 * @param factsOf what is known of a cluster beside its objects
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
      options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    });
    if (values.help) return { stdout: USAGE, stderr: '', exitCode: 0 };
    const folders = positionals.length === 0 ? ['dist'] : positionals.map(given);
    const missing = folders.find((folder) => !existsSync(folder));
    if (missing !== undefined) {
      return usage(`${missing}: no such folder${positionals.length === 0 ? '; run npm run synth first, or name another' : ''}`);
    }

    const maps = new Map<string, FleetMap>();
    const problems: string[] = [];
    for (const folder of folders) {
      const manifests = readFolder(folder);
      problems.push(...manifests.problems.map(({ source, message }) => `${source}: ${message}`));
      for (const { name: cluster, objects } of manifests.sets) {
        const name = cluster === '' ? basename(resolve(folder)) : cluster;
        if (maps.has(name)) return usage(`${folder}: a map named ${name} comes from another of the folders, too; draw one at a time`);
        maps.set(name, mapOf(name, objects, factsOf(cluster)));
      }
    }
    if (maps.size === 0) return usage(`${folders.join(', ')}: found no Kubernetes objects`);

    const written = write([...maps.values()], values.out === undefined ? '.graph' : given(values.out));
    return { stdout: written.join('\n'), stderr: problems.join('\n'), exitCode: problems.length > 0 ? 1 : 0 };
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

/** Writes all files and says what they show, a line each. */
function write(maps: readonly FleetMap[], out: string): readonly string[] {
  const asset = (name: string) => readFileSync(join(__dirname, 'page', name), 'utf8');
  const assets = { css: asset('page.css'), js: asset('page.js') };
  const save = (name: string, text: string) => {
    const path = join(out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return relative(process.cwd(), resolve(path)).split(sep).join('/');
  };
  const lines = maps.map((map) => {
    save(`${map.name}.mmd`, mermaidOf(map));
    return `${save(`${map.name}.html`, pageOf(map, assets))}: ${summaryOf(map)}`;
  });
  if (maps.length === 1) return lines;
  const entries = maps.map((map) => ({ map, href: `${map.name.split('/').map(encodeURIComponent).join('/')}.html` }));
  return [...lines, `${save('index.html', indexOf(entries, assets.css))}: ${maps.length} clusters`];
}

function usage(message: string): CliResult {
  return { stdout: '', stderr: `${message}\n\n${USAGE}`, exitCode: 2 };
}
