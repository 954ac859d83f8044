import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasGo } from '../tools/go';
import { build, isBuilt, PROGRAMS } from './harness/build';
import { choose, type Origin } from './harness/find';
import { lines } from './harness/lines';
import { distClusters, REPOSITORY, type Target } from './harness/targets';

// `npm run test:e2e`: finds a control plane, says which, and runs vitest on it. What follows `--` goes to vitest.

const HELP = `npm run test:e2e -- [options] [-- options and files of vitest]
  --line 1.28            only this version line (may be repeated)
  --cluster authorworks/dev   only this cluster of dist (may be repeated)
  --context <name>       use this context of KUBECONFIG (or --kubeconfig <file>): an empty cluster that may be thrown away
  --from <ref>           try the upgrade from the dist of this commit (default: the dist before this one)
  --build-only           build what the suite needs, then stop
`;

const print = (text: string) => process.stderr.write(`${text}\n`);

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      line: { type: 'string', multiple: true },
      cluster: { type: 'string', multiple: true },
      context: { type: 'string' },
      kubeconfig: { type: 'string' },
      from: { type: 'string' },
      'build-only': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    print(HELP);
    return 0;
  }
  const wanted = lines().filter(({ name }) => values.line?.includes(name) ?? true);
  if (wanted.length === 0)
    throw new Error(
      `--line ${values.line?.join(', ')}: there are ${lines()
        .map(({ name }) => name)
        .join(', ')}`,
    );
  const origin = choose({
    context: values.context,
    kubeconfig: values.kubeconfig ?? process.env.KUBECONFIG,
    assets: process.env.KUBEBUILDER_ASSETS,
    hasGo: hasGo(),
    isBuilt: wanted.every(isBuilt),
  });
  if (values.cluster !== undefined) process.env.E2E_CLUSTERS = values.cluster.join(',');
  if (values.from !== undefined) process.env.E2E_FROM = values.from;
  const found = targetsOf(origin, wanted);
  if (values['build-only'] === true) return 0;
  if (origin.from === 'context' && distClusters().length > 1) {
    throw new Error(
      `--context names one cluster, so one of dist fits in: add --cluster, of ${distClusters()
        .map((name) => name.slice(5))
        .join(', ')}`,
    );
  }
  const vitest = join(REPOSITORY, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', join(REPOSITORY, 'vitest.e2e.config.mts'), ...positionals];
  const env = { ...process.env, E2E_TARGETS: JSON.stringify(found) };
  return spawnSync(process.execPath, args, { cwd: REPOSITORY, stdio: 'inherit', env }).status ?? 1;
}

function targetsOf(origin: Origin, wanted: ReturnType<typeof lines>): readonly Target[] {
  switch (origin.from) {
    case 'context':
      print(`control plane: context ${origin.context} of ${origin.kubeconfig}`);
      return [{ name: origin.context, kubeconfig: origin.kubeconfig, context: origin.context }];
    case 'assets': {
      const version = versionOf(origin.folder);
      print(`control plane: KUBEBUILDER_ASSETS=${origin.folder} (${version})`);
      return [{ name: version, binaries: origin.folder }];
    }
    case 'build':
      return wanted.map((line) => {
        const binaries = build(line, print);
        print(`control plane: built from test/e2e/control-plane, in ${binaries}`);
        return { name: `v${line.kubernetes}`, binaries };
      });
  }
}

/** @throws an Error when the folder is not what envtest's convention says */
function versionOf(folder: string): string {
  const missing = ['etcd', PROGRAMS[0]].filter((program) => !existsSync(join(folder, program)));
  if (missing.length > 0) throw new Error(`KUBEBUILDER_ASSETS=${folder} lacks ${missing.join(' and ')}; unset it to build them with Go.`);
  return spawnSync(join(folder, PROGRAMS[0]), ['--version'], { encoding: 'utf8' }).stdout.trim().replace('Kubernetes ', '');
}

try {
  process.exitCode = main();
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
