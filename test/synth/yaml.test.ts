import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json, KubeObject } from '../../synth/object';
import { toYaml } from '../../synth/yaml';
import { messageOf, object } from './objects';
import { corpus, corpusObjects } from './yaml-corpus';

const PARSERS: readonly [string, (text: string) => unknown][] = [
  ['yaml 1.1', (text) => parse(text, { version: '1.1' })],
  ['yaml 1.2', (text) => parse(text, { version: '1.2' })],
  ['js-yaml', (text) => load(text)],
  ['js-yaml with the schema of 1.1', (text) => load(text, { schema: YAML11_SCHEMA })],
];

const written = corpusObjects().map((one) => ({ one, text: toYaml(one) }));

const body = (spec: Json): string =>
  toYaml(object('v1', 'X', 'x', { spec }))
    .split('\n')
    .slice(5)
    .join('\n');

describe.each(PARSERS)('read back by %s', (_, read) => {
  test('every string of the corpus is the same string, wherever it stands', () => {
    expect(corpus().length).toBeGreaterThan(2500);
    for (const { one, text } of written) expect(read(text)).toEqual(one);
  });

  test('a string at the end of the file is the same string', () => {
    for (const text of corpus().filter((one) => /\s$/.test(one))) {
      expect(read(toYaml(object('v1', 'X', 'x', { z: text })))).toMatchObject({ z: text });
      expect(read(toYaml(object('v1', 'X', 'x', { z: [[text]] })))).toMatchObject({ z: [[text]] });
    }
  });

  test('numbers, truth values, null and empty collections are the same', () => {
    const numbers = [0, 1, -1, 0.1, -0.5, 1e-7, 1.5e-7, 5e-324, 2 ** 53 - 1, -(2 ** 53) + 1, 123456.789];
    const spec = { numbers, others: [true, false, null, {}, [], [[]], [{}], { a: {}, b: [] }, { a: null }] };
    expect(read(toYaml(object('v1', 'X', 'x', { spec })))).toMatchObject({ spec });
    const double = fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })
      .filter((value) => !Object.is(value, -0));
    fc.assert(
      fc.property(double, (value) => {
        expect(read(toYaml(object('v1', 'X', 'x', { value })))).toMatchObject({ value });
      }),
    );
  });

  test('any tree is the same tree', () => {
    const scalar = fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant(null));
    const key = fc.string({ unit: 'grapheme', maxLength: 4 });
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        scalar,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 3 }) as fc.Arbitrary<Json>,
      ),
    }));
    fc.assert(
      fc.property(
        tree.filter((value) => !/\\ud[89a-f]/.test(JSON.stringify(value))),
        (spec) => {
          expect(read(toYaml(object('v1', 'X', 'x', { spec })))).toEqual(object('v1', 'X', 'x', { spec }));
        },
      ),
    );
  });
});

/** kubectl reads YAML with the library that the API server and Argo CD read it with, and does so here without a server. */
const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
test.skipIf(!kubectl)(
  `read back by kubectl, every string of the corpus is the same string${kubectl ? '' : ' (skipped: no kubectl on PATH)'}`,
  () => {
    const read = (input: string): KubeObject =>
      JSON.parse(execFileSync('kubectl', ['annotate', '--local', '--output=json', '--filename=-', 'a=b'], { input, encoding: 'utf8' }));
    for (const { one, text } of written) {
      expect(read(text)).toEqual({ ...one, metadata: { ...one.metadata, annotations: { a: 'b' } } });
    }
  },
);

describe('how it looks', () => {
  test('the first line says what the file is, and the text ends with one line break', () => {
    const lines = toYaml(object('v1', 'Namespace', 'shop')).split('\n');
    expect(lines[0]).toMatch(/^# Rendered by cdk8s synth/);
    expect(lines.slice(1)).toEqual(['apiVersion: v1', 'kind: Namespace', 'metadata:', '  name: shop', '']);
  });

  test('blocks of two spaces, lists below their key, nothing folded, no anchors', () => {
    const shared = { a: 1 };
    const long = 'word '.repeat(60).trim();
    expect(body({ list: [shared, shared, ['x', []]], long, empty: {} })).toBe(
      `spec:\n  list:\n    - a: 1\n    - a: 1\n    - - x\n      - []\n  long: ${long}\n  empty: {}\n`,
    );
  });

  test.each([
    'authorworks-gateway',
    '500m',
    '25%',
    '/health',
    '10.0.0.0/16',
    '--port=http',
    '$(POD_IP)',
    'https://example.com:8443/a?b=c#d',
    'a b',
    'topology.kubernetes.io/zone',
  ])('%s needs no quotes', (text) => expect(body({ a: text })).toBe(`spec:\n  a: ${text}\n`));

  test.each([
    ['8080', '"8080"'],
    ['yes', '"yes"'],
    ['a: b', '"a: b"'],
    ["'a' \\", `"'a' \\\\"`],
    ['{"a":"b"}', `'{"a":"b"}'`],
    ['a\tb', '"a\\tb"'],
    ['Größe', '"Größe"'],
    ['\u2028', '"\\L"'],
  ])('%j is written as %s, also as a key', (text, written) => {
    expect(body({ a: text })).toBe(`spec:\n  a: ${written}\n`);
    expect(body({ [text]: 1 })).toBe(`spec:\n  ${written}: 1\n`);
  });

  test('text of several lines is a literal block', () => {
    expect(body({ script: '#!/bin/sh\nset -e\n\n\texit\n', list: ['a\n b'] })).toBe(
      'spec:\n  script: |\n    #!/bin/sh\n    set -e\n\n    \texit\n  list:\n    - |-\n      a\n       b\n',
    );
  });

  test('text whose white space a block would hide or lose is quoted', () => {
    expect(body({ a: 'a\n  \nb' })).toBe('spec:\n  a: "a\\n  \\nb"\n');
    expect(body({ a: '  a\nb' })).toBe('spec:\n  a: "  a\\nb"\n');
    expect(body({ a: 'a\n\u2028b\u0085' })).toBe('spec:\n  a: "a\\n\\Lb\\N"\n');
  });
});

describe('what YAML cannot hold safely is refused with its path', () => {
  test.each<[string, unknown, string]>([
    ['NaN', Number.NaN, 'the number NaN'],
    ['infinity', Number.NEGATIVE_INFINITY, 'the number -Infinity'],
    ['minus zero', -0, 'the number -0'],
    ['an integer that is not exact', 2 ** 53, 'beyond 2^53'],
    ['half a surrogate pair', 'a\ud800b', 'half a surrogate pair'],
    ['undefined in a list', undefined, 'found undefined'],
    ['a class instance', new Date(0), 'found a Date'],
    ['a function', () => 1, 'found a function'],
  ])('%s', (_, value, text) => {
    const message = messageOf(() => toYaml(object('v1', 'X', 'shop/x', { spec: { list: [1, value as Json] } })));
    expect(message).toContain('X shop/x: spec.list[1]: found');
    expect(message).toContain(text);
  });

  test('all of it at once, keys too', () => {
    const message = messageOf(() =>
      toYaml(object('v1', 'X', 'shop/x', { a: Number.NaN, b: { '\udc00': 1 }, c: { ['k'.repeat(1001)]: -0 } })),
    );
    expect(message).toContain('3 problems');
    expect(message).toContain('X shop/x: a: found the number NaN');
    expect(message).toContain('half a surrogate pair');
    expect(message).toContain('a key of 1001 characters');
  });
});

test('members that are undefined are left out', () => {
  const given = { ...object('v1', 'X', 'x'), spec: { a: undefined, b: [{ c: undefined }], d: 1 } } as unknown as KubeObject;
  expect(toYaml(given)).toContain('spec:\n  b:\n    - {}\n  d: 1\n');
});
