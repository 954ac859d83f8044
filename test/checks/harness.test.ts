import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../checks/check';
import { allChecks } from '../../checks/index';
import { runChecks } from '../../checks/run';
import { caseIds, type ExpectedFinding, readCase } from './cases';

const CHECKS = join(__dirname, '../../checks');

describe('the set of checks', () => {
  test('every check has a case folder, and every case folder has a check', () => {
    expect(caseIds()).toEqual(allChecks.map(({ id }) => id).sort());
  });

  test('every check is in a file of its id, in a folder of checks/', () => {
    const files = readdirSync(CHECKS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(CHECKS, name)));
    for (const { id } of allChecks) expect(files.filter((file) => file === `${id}.ts`)).toEqual([`${id}.ts`]);
  });

  test.each(allChecks)('$id has a kebab-case id and sentences for the reader', ({ id, title, why, mend }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const sentence of [title, why, mend]) expect(sentence).toMatch(/^[^a-z\s].*\.$/s);
  });
});

describe.each(allChecks.filter(({ id }) => caseIds().includes(id)))('$id', (check) => {
  test('finds nothing in pass.yaml', () => {
    const { pass, facts } = readCase(check.id);
    const result = runChecks(pass, facts, [check]);
    expect(result.notRun).toEqual([]);
    expect(result.findings).toEqual([]);
    expect(result.passed).toEqual([check.id]);
  });

  test('finds in fail.yaml exactly what expected.yaml lists', () => {
    const { fail, facts, expected } = readCase(check.id);
    const result = runChecks(fail, facts, [check]);
    expect(result.notRun).toEqual([]);
    expect(expected.length).toBeGreaterThan(0);
    expect(compared(result.findings, expected)).toEqual(expected);
  });

  test('says the same when it runs again', () => {
    const { fail, facts } = readCase(check.id);
    expect(runChecks(fail, facts, [check])).toEqual(runChecks(fail, facts, [check]));
  });

  test.runIf(check.needs !== undefined)('is not run without the facts that it needs', () => {
    const result = runChecks(readCase(check.id).fail, {}, [check]);
    expect(result).toMatchObject({ findings: [], passed: [], notRun: [{ check: check.id, missing: check.needs }] });
  });
});

/** Findings in the form of `expected.yaml`: those that match an expectation as that expectation and in its place, then all others. */
function compared(findings: readonly Finding[], expected: readonly ExpectedFinding[]): readonly ExpectedFinding[] {
  const rest = [...findings];
  const matched = expected.filter(({ object, field, message }) => {
    const index = rest.findIndex(
      (found) => found.object === object && (field === undefined || found.field === field) && found.message.includes(message),
    );
    if (index !== -1) rest.splice(index, 1);
    return index !== -1;
  });
  return [...matched, ...rest.map(({ object, field, message }) => ({ object, field, message }))];
}
