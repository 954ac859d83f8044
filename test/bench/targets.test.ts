import { expect, test } from 'vitest';
import { judge } from '../../bench/judge';
import type { Sample } from '../../bench/run-child';
import { isMet } from '../../bench/targets';

const sample = (render: number, write: number, written = 0): Sample => ({
  files: 9000,
  characters: 1,
  extra: { written },
  phases: { render: { user: render, system: 0, wall: render }, write: { user: 0, system: write, wall: write } },
  process: { user: render, system: write, wall: render + write },
  peak: 1,
});

const at = (size: number, subjects: Readonly<Record<string, Sample>>) => ({
  size,
  samples: new Map(Object.entries(subjects).map(([name, one]) => [name, [one]])),
  stopped: new Map(),
});

const missed = (...comparisons: Parameters<typeof judge>[0]) =>
  judge(comparisons)
    .filter((target) => !isMet(target))
    .map(({ what }) => what);

const good = { floor: sample(0.1, 1), ours: sample(1, 1, 9000), again: sample(0.5, 0.1), stock: sample(8, 1) };

test('a run within all bounds misses nothing', () => {
  expect(missed(at(1000, good))).toEqual([]);
});

test.each([
  ['slower than four floors', { ours: sample(5, 1) }, ['over the floor', 'of stock']],
  ['less than four times faster than stock', { stock: sample(3, 9) }, ['of stock']],
  ['a second synth that takes as long', { again: sample(1, 1) }, ['second synth over']],
  ['a second synth that writes', { again: sample(0.5, 0.1, 1) }, ['files written by a second synth']],
])('%s is missed', (_, change, words) => {
  const found = missed(at(1000, { ...good, ...change }));
  expect(found).toHaveLength(words.length);
  for (const word of words) expect(found.join('\n')).toContain(word);
});

test('stock is asked for thirty times at 5,000, and the time until it was stopped counts', () => {
  const { stock: _, ...own } = good;
  const comparison = (cpu: number) => ({ ...at(5000, own), stopped: new Map([['stock', { stopped: true as const, cpu, wall: cpu }]]) });
  expect(missed(comparison(31))).toEqual([]);
  expect(missed(comparison(29))).toHaveLength(1);
});

test('quadratic growth is missed', () => {
  expect(missed(at(200, { ours: sample(1, 1), again: sample(0, 0) }), at(400, { ours: sample(4, 1), again: sample(0, 0) }))).toContain(
    'exponent of rendering',
  );
});
