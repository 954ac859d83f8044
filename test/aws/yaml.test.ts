import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../charts/aws/yaml';
import { errorOf } from './fixtures';

describe('parseYaml', () => {
  it('keeps dates, words of YAML 1.1 and merge keys as text', () => {
    const { value } = parseYaml('date: 2024-01-02\nword: yes\ntime: 1:30\n<<: x\n', 'a.yaml');
    expect(value).toEqual({ date: '2024-01-02', word: 'yes', time: '1:30', '<<': 'x' });
  });

  it('reads no octal numbers, and remembers how a number was written', () => {
    const source = parseYaml('a:\n  - 012345678901\n', 'a.yaml');
    expect(source.value).toEqual({ a: [12345678901] });
    expect(source.textOf(['a', 0])).toBe('012345678901');
  });

  it('reads JSON, with a byte order mark and Windows line ends too', () => {
    expect(parseYaml('\ufeff{"a":\r\n {"b": [1, null]}}\r\n', 'a.yaml').value).toEqual({ a: { b: [1, null] } });
  });

  it('leaves out members that are null', () => {
    expect(parseYaml('a: null\nb:\nc: {d: ~, e: 1}\n', 'a.yaml').value).toEqual({ c: { e: 1 } });
  });

  it('knows the line of every value, or of what is around it', () => {
    const source = parseYaml('# comment\na:\n  b:\n    - x\n    - y: >\n        folded\n\n  c: 1\n"d e": {f: 2}\n', 'a.yaml');
    expect(source.lineOf(['a'])).toBe(2);
    expect(source.lineOf(['a', 'b', 1, 'y'])).toBe(5);
    expect(source.lineOf(['a', 'c'])).toBe(8);
    expect(source.lineOf(['d e', 'f'])).toBe(9);
    expect(source.lineOf(['a', 'missing', 'below'])).toBe(2);
    expect(source.lineOf(['missing'])).toBe(2);
  });

  it('reports every key that is given twice, with both lines', () => {
    const { problems } = parseYaml('a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\na: 3\n"1": x\n1: y\n', 'a.yaml');
    expect(problems.map(({ path, line, found }) => [path.join('.'), line, found])).toEqual([
      ['b.c', 2, 'the key is given twice, first on line 2'],
      ['a', 3, 'the key is given twice, first on line 1'],
      ['a', 4, 'the key is given twice, first on line 3'],
      ['1', 6, 'the key is given twice, first on line 5'],
    ]);
  });

  const refused: readonly [name: string, text: string, message: string][] = [
    ['an empty file', '', 'input is empty'],
    ['a comment alone', '# nothing\n', 'input is empty'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'a single document'],
    ['an alias', 'a: &x {b: 1}\nc: *x\n', 'a.yaml:2 '],
    ['a value that contains itself', 'a: &x [*x]\n', 'a.yaml:1 '],
    ['a tag', 'a: 1\nb: !!binary aGVsbG8=\n', 'a.yaml:2 '],
    ['a list as key', 'a: 1\n? [b]\n: 1\n', 'complex keys'],
    ['a tab for indentation', 'a:\n\tb: 1\n', 'a.yaml:2 '],
    ['an open quote', 'a: 1\nb: "x\n', 'a.yaml:'],
  ];

  it.each(refused)('%s is refused', (_, text, message) => {
    expect(errorOf(() => parseYaml(text, 'a.yaml')).message).toContain(message);
  });

  it.each(['a: "hunter2', 'a: *hunter2', 'a: !hunter2 x', 'a: hunter2: b', '- hunter2\na: 1'])('shows nothing of the text: %s', (text) => {
    expect(errorOf(() => parseYaml(text, 'a.yaml')).message).not.toContain('hunter2');
  });
});
