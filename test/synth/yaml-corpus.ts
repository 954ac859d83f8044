import fc from 'fast-check';
import type { KubeObject } from '../../synth/object';

/** Words and shapes that some YAML parser reads as something other than the string that they are. */
const WORDS = [
  ...'y n yes no on off true false null nan inf e e3'.split(' ').flatMap(cases),
  ...'~ = << <<x == .inf -.inf +.inf .nan .Inf .INF -.INF .NaN .NAN Infinity -Infinity NaN'.split(' '),
  ...'0 -0 +0 00 0644 0o17 0O17 017 08 09 0x1F 0X1f -0x1F 0xZZ 0b1010 0B1 -0b1 0b 0x 0o 0x_1 0_'.split(' '),
  ...'1 +1 -1 1_000 _1 1_ 1__0 0_7 1,000 1e3 1E3 1e+3 1e-3 1.e3 1.5e3 1e e3 E6 e+3 12e03 1e3e3 1e3_0'.split(' '),
  ...'.5 -.5 +.5 5. . .. ... .... .e3 ._ 0. 1.0 1.2.3 1.28 9007199254740993 123456789012345678901234567890'.split(' '),
  ...'1:30 1:30:45 190:20:30 -1:30 1:60 12:30:45.6 :30 1: 08:00 10.0.0.1 10.0.0.0/16 ::1 fe80::1 1::'.split(' '),
  ...'2001-01-01 2001-1-1 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z 2001-01 20010101 -2001-01-01'.split(' '),
  ...'500m 256Mi 1Gi 25% 1E 1Ei 100k 1e3Mi 30s 5m 30d 1h30m 0s 9f86d081 12e5 1234567 0123456e7 deadbeef'.split(' '),
  ...['', '1 000', '1: 2', '2001-12-14 21:59:43.10 -5', '2001-12-15 2:59:43.10'],
];

/** Characters with a meaning of their own, alone, doubled, in front, behind, and with spaces around. */
const SIGNS = [...'-?:,[]{}#&*!|>\'"%@`~=<+.^$()/\\_;'].flatMap((sign) => [
  sign,
  sign + sign,
  sign.repeat(3),
  `${sign}a`,
  `a${sign}`,
  `${sign} a`,
  `a ${sign}`,
  `a ${sign} a`,
  `a${sign} a`,
  `a ${sign}a`,
  `a${sign}a`,
  `\n${sign} a`,
  `a\n${sign} a\n`,
  `a\n${sign}`,
]);

const SPACES = [' ', '\t', '\n', '\r', '\r\n', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\v', '\f', '\u200b', '\u3000'].flatMap(
  (space) => [
    space,
    space + space,
    `${space}a`,
    `a${space}`,
    `a${space}b`,
    `a${space}${space}b`,
    `${space}a${space}`,
    `a:${space}b`,
    `a${space}#b`,
    `a\n${space}b`,
    `a${space}\nb`,
    `a\n${space}\nb`,
    `a\nb${space}`,
    `a\nb\n${space}`,
    `\n${space}a\n`,
    `${space}a\nb\n`,
    `a\n${space}b\n\n`,
  ],
);

const TEXTS = [
  [
    'a\nb',
    'a\nb\n',
    'a\nb\n\n',
    'a\nb\n\n\n',
    '\na',
    '\n\na\n',
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    '\n\n a',
    'a\n\n\nb',
    '  a\n b\n',
    'a\n  b\n c\n',
  ],
  [
    '#!/bin/sh\nset -eu\n\nexec "$@"\n',
    'a:\n\t- tab\n',
    '\ta\n',
    'a\n\tb\n',
    '# comment\nkey: value\n',
    'key: |\n  block\n',
    '- a\n- b',
    '---\na\n---\nb\n',
  ],
  [
    'a\n---\nb',
    'a\n...\nb',
    '--- a',
    '... a',
    '%YAML 1.1',
    '%YAML 1.1\n---\n',
    '!!str a',
    '&a b',
    '*a',
    '? a',
    '- - a',
    '{"a": 1}',
    '[1, 2]',
    '{{ .Values.x }}',
  ],
  ["it's", `"a"`, `'a'`, `a 'b' "c"`, `"a" \\ 'b'`, '\\', '\\n', 'C:\\dir', '"', "'", `""`, "''", `{"a":"it's"}`, 'a\\', "a'", '"a'],
  [
    'sum(rate(x{job="a"}[5m])) > 0.5',
    'a: b',
    'a:b',
    'a #b',
    'a#b',
    'key:',
    ': a',
    '# a',
    '$(VAR)',
    '$VAR',
    '-c',
    '--flag=x',
    '--flag',
    '-1a',
    '--',
    '---',
    '- a',
  ],
  [
    'ä',
    'Größe',
    'Ω',
    '日本語',
    '😀',
    'a😀',
    '😀\n😀\n',
    'ä\nb\n',
    '\u0301a',
    '\u200d',
    '\u{10ffff}',
    '\ue000',
    '\ufffd',
    '\ufffe',
    '\uffff',
    'a\u{1f468}\u200d\u{1f469}',
  ],
  [...Array(32).keys(), 127, 128, 155, 159, 173].flatMap((code) => [
    String.fromCharCode(code),
    `a${String.fromCharCode(code)}b`,
    `a\n${String.fromCharCode(code)}b\n`,
  ]),
  [
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(63),
    'x'.repeat(300),
    `${'word '.repeat(100)}end`,
    `${'word '.repeat(100)}\nend`,
    ' '.repeat(20),
  ],
].flat();

/** Every string of the corpus, once: what people met, and what a generator with a fixed seed made. The same in every run. */
export function corpus(): readonly string[] {
  const options = { seed: 20_240_617, numRuns: 500 };
  const generated = [
    fc.string({ maxLength: 12, unit: 'binary' }),
    fc.string({ maxLength: 12, unit: 'grapheme' }),
    fc.string({ maxLength: 8, unit: fc.constantFrom(...' \t\n:#-?,[]{}&*!|>\'"%@`0123456789aeEoxbB_.+~=<\\\r') }),
    fc.string({ maxLength: 8, unit: fc.constantFrom(...'0123456789.:_-+eExXoO,TZ ') }),
    fc.array(fc.string({ maxLength: 6, unit: fc.constantFrom(...' \tab#-:') }), { maxLength: 5 }).map((lines) => lines.join('\n')),
  ].flatMap((strings) => fc.sample(strings, options));
  return [...new Set([...WORDS, ...SIGNS, ...SPACES, ...TEXTS, ...generated])].filter((text) => !/\p{Surrogate}/u.test(text));
}

/** Objects that hold each of the strings as value, key and list item, at several depths, and next to others. */
export function corpusObjects(): readonly KubeObject[] {
  const objects: KubeObject[] = [];
  const strings = corpus();
  for (let start = 0; start < strings.length; start += 500) {
    const part = strings.slice(start, start + 500);
    objects.push({
      apiVersion: 'example.com/v1',
      kind: 'Corpus',
      metadata: { name: `corpus-${start}` },
      values: part.map((text) => ({ first: text, last: text })),
      entries: part,
      lists: part.map((text) => [[text], [text, text], []]),
      keys: Object.fromEntries(part.map((text, index) => [text, index])),
      firstKeys: part.map((text) => Object.fromEntries([[text, { [`${text}x`]: [text] }]])),
      deep: { a: { b: [{ c: [{ d: part }] }] } },
    });
  }
  return objects;
}

function cases(word: string): readonly string[] {
  return [
    word,
    word.toUpperCase(),
    `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    `${word} `,
    ` ${word}`,
    `${word}x`,
    `${word}:`,
    `${word}\n`,
  ];
}
