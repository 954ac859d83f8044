import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli } from '../../../report/graph/cli';
import { shop } from './cluster';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'graph-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const files = (below: string) =>
  readdirSync(join(dir, below), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, below).length + 1))
    .sort();

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

const manifests = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: shop.objects.map(({ object }) => object) });
const run = (...args: string[]) => cli(args, () => shop.facts, dir);

describe('a folder of clusters', () => {
  beforeEach(() => {
    for (const cluster of ['shop/dev', 'shop/production']) {
      write(`dist/${cluster}/bootstrap.yaml`, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
      write(`dist/${cluster}/app/all.json`, manifests);
    }
  });

  test('gives a page and a flowchart for each, and an index', () => {
    const { exitCode, stdout, stderr } = run('dist', '--out', 'maps');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(files('maps')).toEqual(['index.html', 'shop/dev.html', 'shop/dev.mmd', 'shop/production.html', 'shop/production.mmd']);
    expect(stdout).toContain('shop/dev.html: 12 workloads in 2 namespaces');
    expect(readFileSync(join(dir, 'maps/index.html'), 'utf8')).toContain('href="shop/production.html"');
  });

  test('gives the same bytes twice', () => {
    run('dist', '--out', 'a');
    run('dist', '--out', 'b');
    expect(files('a')).toEqual(files('b'));
    for (const file of files('a')) expect(readFileSync(join(dir, 'b', file))).toEqual(readFileSync(join(dir, 'a', file)));
  });
});

test('a folder without clusters is one map of its name, without an index', () => {
  write('some/where.json', manifests);
  expect(run('some', '--out', 'maps').exitCode).toBe(0);
  expect(files('maps')).toEqual(['some.html', 'some.mmd']);
});

test('several folders are several maps', () => {
  write('one/a.json', manifests);
  write('two/a.json', manifests);
  expect(run('one', 'two', '--out', 'maps').exitCode).toBe(0);
  expect(files('maps')).toEqual(['index.html', 'one.html', 'one.mmd', 'two.html', 'two.mmd']);
});

test('a file that cannot be read is named, and the map of the others is still drawn', () => {
  write('some/a.json', manifests);
  write('some/b.yaml', 'a: [');
  const { exitCode, stderr } = run('some', '--out', 'maps');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('b.yaml');
  expect(files('maps')).toContain('some.html');
});

test.each([
  ['a folder that is not there', ['nowhere'], 'nowhere: no such folder'],
  ['a folder without objects', ['empty'], 'empty: found no Kubernetes objects'],
  ['two maps of one name', ['x/same', 'y/same'], 'same comes from another of the folders'],
  ['an unknown option', ['--format', 'svg'], '--format'],
])('%s is wrong usage, and writes nothing', (_, args, message) => {
  write('empty/readme.yaml', 'hello: world');
  write('x/same/a.json', manifests);
  write('y/same/a.json', manifests);
  const { exitCode, stdout, stderr } = run(...args, '--out', 'maps');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('usage: npm run graph');
  expect(readdirSync(dir)).not.toContain('maps');
});
