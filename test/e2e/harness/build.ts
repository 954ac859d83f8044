import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, goBuild } from '../../tools/go';
import { buildTool } from '../../tools/tool';
import { ETCD, type Line } from './lines';

/** The programs of Kubernetes that the Go modules build. */
export const PROGRAMS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

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
  const minor = line.kubernetes.split('.')[1] ?? '';
  const stamps = { gitVersion: `v${line.kubernetes}`, gitMajor: '1', gitMinor: minor, gitTreeState: 'clean' };
  const ldflags = Object.entries(stamps).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  for (const program of PROGRAMS) {
    goBuild({ module: line.module, what: `./cmd/${program}`, target: join(folder, program), tags: 'providerless', ldflags }, print);
  }
  const etcd = buildTool(ETCD, print);
  rmSync(join(folder, 'etcd'), { force: true });
  symlinkSync(etcd, join(folder, 'etcd'));
  return folder;
}

function folderOf(line: Line): string {
  return join(cacheFolder(), `kubernetes-${line.kubernetes}`);
}
