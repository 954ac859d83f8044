import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOfData } from '../../acceptance/project';
import { crdsFolder } from '../harness/crds';
import { planOf } from '../harness/plan';
import { sync } from '../harness/sync';
import { open, ownTargets, REPOSITORY, type TestCluster } from '../harness/targets';
import { CLASSES, type Mutant, type ObjectEdit } from './mutant';
import { mutated } from './mutation';
import { CLUSTER, type Refusal, tryNone, tryOut } from './refusal';
import { report } from './report';
import { MUTANTS } from './table';
import { type Answered, ask, foundationOf } from './verdict';

// Typical mistakes, one at a time. The project refuses each before it writes anything; what API servers say of the same objects is
// recorded beside it. The first half needs no control plane: npx vitest run --config vitest.e2e.config.mts test/e2e/mutants

const refusals = new Map<Mutant, Refusal>();
let root: string;
beforeAll(() => {
  root = copyOfData([CLUSTER]);
});

describe('the project', () => {
  test('passes what holds no mistake, at both ends', () => {
    for (const { refused, text } of tryNone(root)) expect({ refused, text }).toMatchObject({ refused: false });
  });

  test.each(MUTANTS)('refuses $class: $name', (mutant) => {
    const refusal = tryOut(root, mutant);
    refusals.set(mutant, refusal);
    expect(refusal).toMatchObject({ refused: true, written: [] });
    expect([...refusal.checks, refusal.text].join('\n')).toContain(mutant.caught);
  });

  test.each(CLASSES)('is tried with %s', (name) => {
    expect(MUTANTS.filter((mutant) => mutant.class === name).length).toBeGreaterThan(1);
  });

  test('is held by the compiler to what the table says that does not compile', () => {
    const lines = readFileSync(join(__dirname, 'table.ts'), 'utf8').split('\n');
    const claims = lines.flatMap((line, index) => (line.includes(': pastTypes(') ? [lines[index - 1]] : []));
    expect(claims.length).toBe(MUTANTS.filter(({ door }) => typeof door === 'object' && 'compiles' in door && !door.compiles).length);
    for (const above of claims) expect(above).toMatch(/@ts-expect-error \S/);
  });
});

const targets = process.env.E2E_TARGETS === undefined ? [] : ownTargets();
if (targets.length === 0) afterAll(() => print('without an API server', new Map()));

describe.each(targets)('Kubernetes $name', (target) => {
  const dist = join(REPOSITORY, 'dist', CLUSTER);
  const answers = new Map<Mutant, Answered>();
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await open(target);
    await sync(cluster.client, foundationOf(planOf(REPOSITORY, `dist/${CLUSTER}`)), { crds: crdsFolder(cluster.line, REPOSITORY) });
  });
  afterAll(async () => {
    await cluster?.stop();
    print(`Kubernetes ${target.name}`, answers);
  });

  test('accepts the same objects without the mistakes', async () => {
    const edits = MUTANTS.flatMap(({ object }) => ('kind' in object ? [object] : []));
    const whole = new Map(edits.map(({ kind, name }): [string, ObjectEdit] => [`${kind} ${name}`, { kind, name, operations: [] }]));
    for (const [name, edit] of whole)
      expect({ name, ...(await ask(cluster.client, mutated(dist, edit))) }).toEqual({ name, verdict: 'accepted', said: '' });
  });

  test.each(MUTANTS)('$server: $class: $name', async (mutant) => {
    const answered = await ask(cluster.client, mutated(dist, mutant.object));
    answers.set(mutant, answered);
    expect(answered.verdict, answered.said).toBe(mutant.server);
  });
});

function print(title: string, answers: ReadonlyMap<Mutant, Answered>): void {
  const rows = MUTANTS.flatMap((mutant) => {
    const refusal = refusals.get(mutant);
    const answered = answers.get(mutant);
    return refusal === undefined ? [] : [{ mutant, refusal, ...(answered === undefined ? {} : { answered }) }];
  });
  if (rows.length > 0) console.info(`\nmutants, ${title}\n\n${report(rows)}\n`);
}
