import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNewEnough } from './go';
import { toolModule } from './tool';

describe('the Go module of a tool', () => {
  let folder: string;
  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'tool-')), 'ruler');
    mkdirSync(folder);
  });
  afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

  const pins = (...lines: readonly string[]) => {
    writeFileSync(join(folder, 'go.mod'), `module test\n\ngo 1.24.0\n\n${lines.join('\n')}\n`);
    return toolModule(folder);
  };

  test('pins the version of the module that its main package is of', () => {
    const required =
      'require (\n\texample.com/a v1.0.0 // indirect\n\texample.com/a/b v2.3.4 // indirect\n\texample.com/a/bc v9.9.9 // indirect\n)';
    expect(pins('tool example.com/a/b/cmd/ruler', required)).toEqual({
      folder,
      name: 'ruler',
      what: 'example.com/a/b/cmd/ruler',
      version: '2.3.4',
    });
    expect(pins('tool example.com/a', 'require example.com/a v1.0.0').version).toBe('1.0.0');
  });

  test('is refused without a tool, or without the module that the tool is of', () => {
    expect(() => pins('require example.com/a v1.0.0')).toThrow(/has no line `tool/);
    expect(() => pins('tool example.com/a/cmd/ruler', 'require example.com/b v1.0.0')).toThrow(/go get -tool example\.com\/a\/cmd\/ruler@/);
  });
});

test('a Go that knows no tool directives is too old', () => {
  const versions = ['go1.19.8', 'go1.23.5', 'go1.24', 'go1.24rc1', 'go1.26.8', 'go2.0', 'devel +1234', ''];
  expect(versions.filter(isNewEnough)).toEqual(['go1.24', 'go1.24rc1', 'go1.26.8', 'go2.0']);
});
