import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The dist of an earlier commit, unpacked. */
export interface Previous {
  /** A folder that looks like the repository, with nothing but `dist/` in it. */
  readonly root: string;
  /** The commit, in a line: its short id, date and title. */
  readonly commit: string;
  remove(): void;
}

/**
 * Unpacks the dist that the one in the working tree follows: of the given ref; else of `HEAD` when the working tree's dist is not the committed
 * one; else of where this branch left main; else of the commit before the last one that changed dist.
 * @returns why there is none, where there is none: no git, or a history that ends too early
 * @throws an Error when a given ref does not exist, or has no dist
 */
export function previousDist(repository: string, ref: string | undefined): Previous | string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: repository, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
  const asked = (...args: readonly string[]) => {
    try {
      return git(...args)
        .toString()
        .trim();
    } catch {
      return undefined;
    }
  };
  const treeOf = (commit: string) => asked('rev-parse', '--verify', '--quiet', `${commit}:dist`);

  if (ref !== undefined && treeOf(ref) === undefined) throw new Error(`--from ${ref}: git knows no such commit here, or it has no dist`);
  if (asked('rev-parse', '--is-inside-work-tree') !== 'true') return 'there is no git history';
  const candidates = function* (): Generator<string | undefined> {
    if (asked('status', '--porcelain', '--', 'dist') !== '') yield 'HEAD';
    for (const main of ['origin/main', 'main']) yield asked('merge-base', 'HEAD', main);
    yield `${asked('log', '-1', '--first-parent', '--format=%H', 'HEAD', '--', 'dist')}^1`;
  };
  const here = asked('status', '--porcelain', '--', 'dist') === '' ? treeOf('HEAD') : undefined;
  const isEarlier = (commit: string | undefined) => {
    const tree = commit === undefined ? undefined : treeOf(commit);
    return tree !== undefined && tree !== here;
  };
  const found = ref ?? [...candidates()].find(isEarlier);
  if (found === undefined) return 'this clone has no commit with another dist; fetch more of the history, or give --from <ref>';

  const root = mkdtempSync(join(tmpdir(), 'fleet-manifests-previous-'));
  execFileSync('tar', ['-x', '-C', root], { input: git('archive', '--format=tar', found, 'dist') });
  const commit = asked('log', '-1', '--format=%h of %as, %s', found) ?? found;
  return { root, commit, remove: () => rmSync(root, { recursive: true, force: true }) };
}
