import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { previousDist } from './previous';

describe('the dist before this one', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fleet-manifests-history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: folder, stdio: 'pipe' }).toString();
  const write = (text: string, file = 'dist/a.yaml') => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const commit = (text: string, file?: string) => {
    write(text, file);
    git('add', '.');
    git('commit', '-q', '-m', text);
  };
  /** What the dist that is found holds, or why none is. */
  const found = (ref?: string, repository = folder) => {
    const previous = previousDist(repository, ref);
    if (typeof previous === 'string') return previous;
    const text = readFileSync(join(previous.root, 'dist/a.yaml'), 'utf8');
    previous.remove();
    return text;
  };

  test('is not there without git, and not before the first one', () => {
    write('one');
    expect(found()).toBe('there is no git history');
    git('init', '-q', '-b', 'main');
    commit('one');
    expect(found()).toMatch(/^this clone has no commit with another dist; fetch more of the history, or give --from/);
  });

  test('is that before the last change of dist, however long ago that was', () => {
    git('init', '-q', '-b', 'main');
    commit('one');
    commit('two');
    commit('docs', 'docs.md');
    expect(found()).toBe('one');
  });

  test('is the committed one where the working tree has another', () => {
    git('init', '-q', '-b', 'main');
    commit('one');
    commit('two');
    write('three');
    expect(found()).toBe('two');
  });

  test('is that of main on a branch, whatever the branch did on its way', () => {
    git('init', '-q', '-b', 'main');
    commit('one');
    commit('two');
    git('checkout', '-q', '-b', 'change');
    commit('three');
    commit('four');
    expect(found()).toBe('two');
  });

  test('is that of the ref that is given; one that git does not know, or that has no dist, is an error', () => {
    git('init', '-q', '-b', 'main');
    commit('nothing', 'docs.md');
    commit('one');
    commit('two');
    commit('three');
    expect(found('HEAD~2')).toBe('one');
    expect(() => found('v9')).toThrow('--from v9: git knows no such commit here');
    expect(() => found('HEAD~3')).toThrow('or it has no dist');
  });

  test('is not there in a clone without history', () => {
    git('init', '-q', '-b', 'main');
    commit('one');
    commit('two');
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${folder}`, join(folder, 'shallow')], { stdio: 'pipe' });
    expect(found(undefined, join(folder, 'shallow'))).toMatch(/fetch more of the history/);
  });
});
