import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The Go version that the modules of this repository need. */
const NEEDED = [1, 24] as const;

/** Where built programs are kept, by version. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fleet-manifests-control-plane');
}

/** Whether a `go` that is new enough can be started. Asked in a module, since a newer Go can be a setting there. */
export function hasGo(): boolean {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { cwd: join(__dirname, 'kube-score'), encoding: 'utf8' });
  return status === 0 && isNewEnough(stdout.trim());
}

/** @param version - as `go1.24.4` */
export function isNewEnough(version: string): boolean {
  const [major, minor] = /^go(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
  return major !== undefined && minor !== undefined && (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]));
}

/** What is built, and how. */
export interface GoBuild {
  /** Folder of the Go module. */
  readonly module: string;
  /** The package: a path of Go, or a folder of the module. */
  readonly what: string;
  /** The program's file. */
  readonly target: string;
  /** Build tags. @default - none */
  readonly tags?: string;
  /** Flags of the linker beside those that leave symbols out. @default - none */
  readonly ldflags?: readonly string[];
}

/**
 * Builds a program, unless it is there.
 * @param print told before a build, which takes minutes
 * @throws an Error with the command when the build fails
 */
export function goBuild({ module, what, target, tags, ldflags = [] }: GoBuild, print: (text: string) => void): void {
  if (existsSync(target)) return;
  print(`building ${target} …`);
  mkdirSync(dirname(target), { recursive: true });
  // Renamed into place, so that an interrupted build leaves nothing that looks finished.
  const unfinished = `${target}.${process.pid}`;
  const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly', ...(tags === undefined ? [] : ['-tags', tags])];
  const args = ['build', ...flags, '-ldflags', ['-s -w', ...ldflags].join(' '), '-o', unfinished, what];
  const { status, signal } = spawnSync('go', args, { cwd: module, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    rmSync(unfinished, { force: true });
    throw new Error(`\`go ${args.join(' ')}\` in ${module} failed (${signal ?? `exit code ${status}`})`);
  }
  renameSync(unfinished, target);
}
