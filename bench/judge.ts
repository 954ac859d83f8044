import { type Comparison, middle, total } from './compare';
import { cpu, rendering, type Sample } from './run-child';
import { exponent } from './statistics';
import { s } from './table';
import type { Target } from './targets';

/** Below this, start-up of the JavaScript engine is most of what is measured. */
const ENOUGH = 1000;

const render = (sample: Sample) => cpu(rendering(sample));
const check = ({ phases }: Sample) => (phases.check === undefined ? 0 : cpu(phases.check));

/** What was measured, held against what was promised. */
export function judge(comparisons: readonly Comparison[]): readonly Target[] {
  const targets = comparisons.flatMap(atOneSize);
  for (const [subject, what, of] of [
    ['ours', 'exponent of rendering', render],
    ['workloads', 'exponent of rendering through service()', render],
    ['workloads', 'exponent of checks', check],
  ] as const) {
    const found = exponent(comparisons.map((at) => ({ size: at.size, value: middle(at, subject, of) ?? Number.NaN })));
    if (found !== undefined) targets.push({ what, measured: found, bound: 'most', limit: 1.1 });
  }
  return targets;
}

function atOneSize(at: Comparison): readonly Target[] {
  const { size } = at;
  const ratio = (what: string, a: number | undefined, b: number | undefined, bound: Target['bound'], limit: number): readonly Target[] =>
    a === undefined || b === undefined ? [] : [{ what: `${size} services: ${what}`, measured: a / b, bound, limit }];
  const ours = middle(at, 'ours', total);
  const again = middle(at, 'again', total);
  const written = middle(at, 'again', ({ extra }) => extra?.written ?? Number.NaN) ?? Number.NaN;
  const always: readonly Target[] = [
    { what: `${size} services: files written by a second synth`, measured: written, bound: 'most', limit: 0 },
  ];
  if (size < ENOUGH) return always;
  const stock = middle(at, 'stock', render) ?? at.stopped.get('stock')?.cpu;
  return [
    ...always,
    ...ratio('CPU over the floor, files included', ours, middle(at, 'floor', total), 'most', 4),
    ...ratio(
      'CPU of stock cdk8s (its default output) over ours, without files',
      stock,
      middle(at, 'ours', render),
      'least',
      size < 5000 ? 4 : 30,
    ),
    ...ratio('CPU of a second synth over the first', again, ours, 'most', 0.5),
  ];
}

/** Ratios that nothing was promised of, but that a reader should know. */
export function alsoMeasured(at: Comparison): string {
  const ours = middle(at, 'ours', render) ?? Number.NaN;
  const over = (subject: string) => middle(at, subject, render);
  const parts = [
    ['floor', 'JSON.stringify alone'],
    ['stockFolders', 'cdk8s with a file per object'],
    ['stockL1', 'cdk8s with our L1 objects'],
  ].flatMap(([subject = '', title = '']) => {
    const other = over(subject);
    return other === undefined ? [] : [`${title} ${s(other / ours)}`];
  });
  return `CPU without files, over ours: ${parts.join(', ')}`;
}

/** The slowest checks, and how long all of them take. */
export function checksText(at: Comparison): string {
  const sample = at.samples.get('workloads')?.at(-1);
  if (sample?.checks === undefined) return '';
  const slowest = Object.entries(sample.checks)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 8)
    .map(([id, time]) => `${id} ${s(time)}`);
  const { user = Number.NaN, wall = Number.NaN } = sample.phases.check ?? {};
  return (
    `Checks, ${at.size} services through service(), ${sample.extra?.objects} objects: ${s(user)} s user, ${s(wall)} s wall, ` +
    `${Object.keys(sample.checks).length} checks, ${sample.extra?.findings} findings\nSlowest (s wall): ${slowest.join(', ')}`
  );
}
