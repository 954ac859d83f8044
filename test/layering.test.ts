import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(__dirname, '..');

/** What the files of a folder may import of the project, beside their own folder. `type` and a path: its types only. */
const layers: Readonly<Record<string, readonly string[]>> = {
  imports: [],
  synth: ['imports'],
  checks: ['synth/object', 'synth/scope'],
  // Of the checks, charts share the arithmetic of quantities.
  charts: ['imports', 'synth/collect', 'type synth/object', 'type synth/patch', 'type checks/facts', 'checks/quantity'],
  // What an object's API group is, and which annotations keep it, are questions about plain objects.
  'charts/gitops': ['imports', 'synth/object', 'type synth/patch'],
  apps: ['charts'],
  overlays: ['charts', 'type apps'],
  fleet: ['apps', 'overlays', 'charts', 'imports', 'synth', 'checks', 'report'],
  report: ['checks', 'synth/object'],
  'main.ts': ['fleet'],
};

/** Files that may touch disk, clock, environment, processes or chance. Everything else decides what is rendered from what it is given. */
const edges = [
  /^main\.ts$/,
  /^fleet\/(read-data|forgotten-clusters|synth|check-main|graph-main|charts-pull-main|charts-render-main)\.ts$/,
  /^fleet\/helm\/(http|store|cache|program|render-charts)\.ts$/,
  /^synth\/(writer|deliver|recover)[\w-]*\.ts$/,
  /^report\/graph\/cli\.ts$/,
  /^checks\/(cli|folder|read|facts-file|plugin)\.ts$/,
];

const impure: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['process', /\bprocess\.(env|cwd|argv|platform|hrtime)\b/],
  ['the clock', /\bnew Date\b|\bDate\.now\b|\bperformance\.now\b/],
  ['chance', /\bMath\.random\b|\brandom(UUID|Bytes|Int)\b/],
  ['timers', /\bset(Timeout|Interval|Immediate)\(/],
  ['the network', /\bfetch\(/],
];

/** Modules through which a program reaches the world; type-only imports of them are harmless. */
const worldly = new Set(['fs', 'fs/promises', 'http', 'https', 'net', 'dns', 'os', 'child_process', 'worker_threads', 'timers']);

interface Import {
  readonly file: string;
  /** Path below the root without `.ts`, or the name of a package. */
  readonly target: string;
  readonly typesOnly: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s)?([^;'"]*?from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g;

/** The imports of a source text. */
function importsOf(file: string, source: string): readonly Import[] {
  const targetOf = (specifier: string) => (specifier.startsWith('.') ? join(dirname(file), specifier).replace(/\.ts$/, '') : specifier);
  const named = /\{([^}]*)\}/;
  return [
    ...[...source.matchAll(STATEMENT)].map(([, type, names = '', specifier = '']) => {
      const members = (named.exec(names)?.[1] ?? '')
        .split(',')
        .map((member) => member.trim())
        .filter((member) => member !== '');
      const typesOnly = type !== undefined || (members.length > 0 && members.every((member) => member.startsWith('type ')));
      return { file, target: targetOf(specifier), typesOnly };
    }),
    ...[...source.matchAll(DYNAMIC)].map(([, specifier = '']) => ({ file, target: targetOf(specifier), typesOnly: false })),
  ];
}

/** What of the world a source text touches. */
function worldOf(file: string, text: string): readonly string[] {
  const modules = importsOf(file, text).filter(({ target, typesOnly }) => !typesOnly && worldly.has(target.replace(/^node:/, '')));
  return [...impure.filter(([, pattern]) => pattern.test(text)).map(([name]) => name), ...modules.map(({ target }) => target)];
}

/** The layer of a file: the longest one that it lies in. */
function layerOf(file: string): string | undefined {
  return Object.keys(layers)
    .filter((layer) => file === layer || file.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** What is wrong with an import, or nothing. */
function problemOf({ file, target, typesOnly }: Import): string | undefined {
  const folder = file.split('/')[0] ?? '';
  const inProject = Object.keys(layers).some((layer) => target === layer || target.startsWith(`${layer}/`));
  if (!inProject || target.startsWith(`${folder}/`) || target === folder) return undefined;
  const layer = layerOf(file);
  if (layer === undefined) return `${file} lies in no layer`;
  const allowed = (layers[layer] ?? []).some((entry) => {
    const [path, types] = entry.startsWith('type ') ? [entry.slice('type '.length), true] : [entry, false];
    return (target === path || target.startsWith(`${path}/`)) && (!types || typesOnly);
  });
  return allowed ? undefined : `${file} imports ${typesOnly ? 'types of ' : ''}${target}`;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const folders = ['imports', 'synth', 'checks', 'charts', 'apps', 'overlays', 'fleet', 'report'].filter((folder) =>
  readdirSync(root).includes(folder),
);
const sources = [...folders.flatMap(filesBelow), 'main.ts'].map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

describe.each(folders.concat('main.ts'))('%s', (folder) => {
  const files = sources.filter(({ file }) => file === folder || file.startsWith(`${folder}/`));

  test('imports only what its layer may', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap(({ file, text }) => importsOf(file, text).flatMap((each) => problemOf(each) ?? []))).toEqual([]);
  });

  test('touches the world only at its edges', () => {
    const inside = files.filter(({ file }) => !edges.some((edge) => edge.test(file)));
    const found = inside.flatMap(({ file, text }) => worldOf(file, text).map((what) => `${file}: ${what}`));
    expect(found).toEqual([]);
  });
});

test('every edge is a file that there is', () => {
  for (const edge of edges)
    expect(
      sources.some(({ file }) => edge.test(file)),
      String(edge),
    ).toBe(true);
});

describe('this test notices', () => {
  const problems = (file: string, source: string) => importsOf(file, source).flatMap((each) => problemOf(each) ?? []);

  test.each([
    ['checks/pods/a.ts', "import { labelsOf } from '../../charts/workload/labels';", 'checks/pods/a.ts imports charts/workload/labels'],
    ['charts/a/chart.ts', "import {\n  type Json,\n  groupOf,\n} from '../../synth/object';", 'charts/a/chart.ts imports synth/object'],
    ['charts/a/chart.ts', "import type { Check } from '../../checks/check';", 'charts/a/chart.ts imports types of checks/check'],
    ['charts/a/chart.ts', "import { runChecks } from '../../checks/run';", 'charts/a/chart.ts imports checks/run'],
    ['charts/a/chart.ts', "export * from '../../fleet/units';", 'charts/a/chart.ts imports fleet/units'],
    ['overlays/a/dev/overlay.ts', "import { a } from '../../../apps/a';", 'overlays/a/dev/overlay.ts imports apps/a'],
    ['synth/yaml.ts', "const x = require('../charts/cluster');", 'synth/yaml.ts imports charts/cluster'],
    ['apps/a/api.ts', "import '../../synth/writer';", 'apps/a/api.ts imports synth/writer'],
  ])('in %s: %s', (file, source, problem) => {
    expect(problems(file, source)).toEqual([problem]);
  });

  test.each([
    ['charts/a/chart.ts', "import { type Json, type KubeObject } from '../../synth/object';"],
    ['overlays/a/dev/overlay.ts', "import type { a } from '../../../apps/a';"],
    ['charts/a/chart.ts', "import { parseQuantity } from '../../checks/quantity';"],
    ['charts/a/chart.ts', "import { k8s } from 'cdk8s-plus-28';\nimport { b } from '../b/names';"],
    ['main.ts', "import { synth } from './fleet/synth';"],
  ])('nothing in %s: %s', (file, source) => {
    expect(problems(file, source)).toEqual([]);
  });

  test.each([
    'const a = process.env.HOME',
    'new Date()',
    'Date.now()',
    'Math.random()',
    "import { readFileSync } from 'node:fs';",
    "import * as http from 'http';",
    "const { execFileSync } = require('node:child_process');",
  ])('%s', (text) => {
    expect(worldOf('charts/a/chart.ts', text)).toHaveLength(1);
  });
});
