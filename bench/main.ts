import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Comparison, compare, comparisonText } from './compare';
import { alsoMeasured, checksText, judge } from './judge';
import { memory } from './memory';
import { HELP, type Options, readOptions } from './options';
import { programs } from './programs';
import { OBJECTS_PER_SERVICE } from './specs';
import { isMet, targetText } from './targets';

const print = (text: string) => process.stdout.write(`${text}\n`);
const log = (text: string) => process.stderr.write(`… ${text}\n`);

/** @returns the exit code */
async function bench(options: Options): Promise<0 | 1> {
  const parent = options.folder ?? join(__dirname, '..', 'node_modules', '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bench-'));
  try {
    print(
      `Node ${process.versions.node}, ${availableParallelism()} processors, ${options.runs} run(s) of each, medians. Times in seconds.`,
    );
    const comparisons: Comparison[] = [];
    for (const size of options.sizes) {
      const comparison = await compare(size, options, folder, log);
      comparisons.push(comparison);
      print(`\n${size} services x ${OBJECTS_PER_SERVICE} objects (first three columns: without files)\n`);
      print(await comparisonText(comparison, options, folder));
      print(alsoMeasured(comparison));
      print(checksText(comparison));
    }
    log('memory');
    const held = await memory(options.sizes.at(-1) ?? 0, folder);
    print(`\n${held.text}`);
    const measured = [...judge(comparisons), ...held.targets];
    print(`\nTargets\n${measured.map(targetText).join('\n')}`);
    // Last: a fleet that does not synth must not take the rest along.
    log('programs');
    const started = await programs(folder, options.runs);
    print(`\n${started.text}`);
    print(`\nTargets\n${started.targets.map(targetText).join('\n')}`);
    return options.assert && ![...measured, ...started.targets].every(isMet) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const options = readOptions(process.argv.slice(2));
if (options === 'help') print(HELP);
else {
  bench(options).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
