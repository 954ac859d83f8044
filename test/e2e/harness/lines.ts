import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A version line of Kubernetes that the suite runs on. The versions stand in the Go modules, once. */
export interface Line {
  /** As `1.28`. */
  readonly name: string;
  /** As `1.28.15`. */
  readonly kubernetes: string;
  /** The Go module that builds it. */
  readonly module: string;
}

/** The API baseline, and the newest line of the catalogue. */
export const LINE_NAMES = ['1.28', '1.34'] as const;

const MODULES = join(__dirname, '../control-plane');

/** The lines with the versions that their Go modules pin. */
export function lines(): readonly Line[] {
  return LINE_NAMES.map((name) => {
    const module = join(MODULES, `kubernetes-${name}`);
    return { name, module, kubernetes: pinned(module, 'k8s.io/kubernetes') };
  });
}

/** Folder of the Go module that builds etcd. */
export const ETCD = join(MODULES, 'etcd');

/**
 * The line whose definitions and images fit a server: its own, or else the newest that is older.
 * @param version as `v1.31.2`, as the server reports it
 * @throws an Error for a server that is older than every line
 */
export function lineOf(version: string): (typeof LINE_NAMES)[number] {
  const minor = Number(/^v?1\.(\d+)/.exec(version)?.[1]);
  const line = LINE_NAMES.findLast((name) => Number(name.slice(2)) <= minor);
  if (line === undefined) throw new Error(`Kubernetes ${version} is older than ${LINE_NAMES[0]}, the oldest line that this suite knows.`);
  return line;
}

function pinned(module: string, path: string): string {
  const file = join(module, 'go.mod');
  const version = readFileSync(file, 'utf8').match(new RegExp(`^\\s*(?:require )?${path} v(\\S+)`, 'm'))?.[1];
  if (version === undefined) throw new Error(`${file} requires no ${path}`);
  return version;
}
