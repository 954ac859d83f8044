import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { etcd, type Line } from './lines';

/** The programs of Kubernetes that the Go modules build. */
export const PROGRAMS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** Where built programs are kept, by version. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fleet-manifests-control-plane');
}

/** Whether `go` can be started. */
export function hasGo(): boolean {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

/** Whether a line is in the cache already, so that no Go is needed. */
export function isBuilt(line: Line): boolean {
  const folder = folderOf(line);
  return [...PROGRAMS, 'etcd'].every((program) => existsSync(join(folder, program)));
}

/**
 * Builds a line's programs and etcd, unless the cache has them.
 * @param print told before each build, which takes minutes
 * @returns the folder that holds them, laid out as `KUBEBUILDER_ASSETS` wants it
 * @throws an Error with the command when a build fails
 */
export function build(line: Line, print: (text: string) => void): string {
  const folder = folderOf(line);
  mkdirSync(folder, { recursive: true });
  const minor = line.kubernetes.split('.')[1] ?? '';
  const stamps = { gitVersion: `v${line.kubernetes}`, gitMajor: '1', gitMinor: minor, gitTreeState: 'clean' };
  const ldflags = ['-s -w', ...Object.entries(stamps).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)].join(
    ' ',
  );
  for (const program of PROGRAMS) {
    goBuild(line.module, `./cmd/${program}`, join(folder, program), ['-tags', 'providerless', '-ldflags', ldflags], print);
  }
  const { module, version } = etcd();
  const target = join(cacheFolder(), `etcd-${version}`, 'etcd');
  goBuild(module, 'go.etcd.io/etcd/server/v3', target, ['-ldflags', '-s -w'], print);
  rmSync(join(folder, 'etcd'), { force: true });
  symlinkSync(target, join(folder, 'etcd'));
  return folder;
}

function folderOf(line: Line): string {
  return join(cacheFolder(), `kubernetes-${line.kubernetes}`);
}

function goBuild(module: string, what: string, target: string, flags: readonly string[], print: (text: string) => void): void {
  if (existsSync(target)) return;
  print(`building ${target} …`);
  // Renamed into place, so that an interrupted build leaves nothing that looks finished.
  const unfinished = `${target}.${process.pid}`;
  const args = ['build', '-trimpath', '-buildvcs=false', '-mod=readonly', ...flags, '-o', unfinished, what];
  const { status, signal } = spawnSync('go', args, { cwd: module, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    rmSync(unfinished, { force: true });
    throw new Error(`\`go ${args.join(' ')}\` in ${module} failed (${signal ?? `exit code ${status}`})`);
  }
  renameSync(unfinished, target);
}
