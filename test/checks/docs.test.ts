import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allChecks } from '../../checks/index';

const FILE = join(__dirname, '../../docs/checks.md');
const START = '<!-- checks -->';
const END = '<!-- /checks -->';

/** Cells of the rows of the table under a heading, without its head. */
function rows(text: string, heading: string): readonly (readonly string[])[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => line.slice(2, -2).split(' | '));
}

test('docs/checks.md lists every check as it is', async () => {
  const text = readFileSync(FILE, 'utf8');
  const cell = (value: string) => value.replaceAll('|', '\\|');
  const table = [
    '| check | severity | what must hold | why |',
    '| --- | --- | --- | --- |',
    ...allChecks.map(({ id, severity, title, why }) => `| \`${id}\` | ${severity} | ${cell(title)} | ${cell(why)} |`),
  ];
  const wanted = [text.slice(0, text.indexOf(START) + START.length), ...table, text.slice(text.indexOf(END))].join('\n');
  await expect(wanted).toMatchFileSnapshot(FILE);
});

test.each(['kube-linter', 'kosko'])('every rule of %s is held by checks that exist, by construction, or not for a reason', (heading) => {
  const known = new Set(allChecks.map(({ id }) => id));
  const table = rows(readFileSync(FILE, 'utf8'), heading);
  expect(table.length).toBeGreaterThan(30);
  for (const [rule, held = '', note = ''] of table) {
    const ids = [...`${held} ${note}`.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, id]) => id!);
    for (const id of ids) expect(known, rule).toContain(id);
    if (held === 'not held' || held === 'by construction') expect(note.length, rule).toBeGreaterThan(20);
    else expect(held, rule).toMatch(/^`[a-z-]+`(, `[a-z-]+`)*$/);
  }
});
