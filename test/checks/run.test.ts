import { describe, expect, test } from 'vitest';
import type { Check } from '../../checks/check';
import { parseText } from '../../checks/parse';
import { runChecks } from '../../checks/run';
import { describe as nameOf } from '../../synth/object';
import { configMap } from './folder';

const { objects } = parseText('a.yaml', [configMap('one'), configMap('two'), configMap('three')].join('---\n'));

/** Reports every object but those named here. */
function reportsAllBut(id: string, ...names: readonly string[]): Check {
  return {
    id,
    title: 'T.',
    severity: 'error',
    why: 'W.',
    mend: 'M.',
    *run(all) {
      for (const subject of all)
        if (!names.includes(subject.object.metadata.name)) yield { subject, message: `${id} ${nameOf(subject.object)}` };
    },
  };
}

function annotated(annotations: string) {
  return parseText('a.yaml', configMap('one').replace('  namespace', `  annotations: ${annotations}\n  namespace`)).objects;
}

describe('runChecks', () => {
  test('adds id, severity, source, object, why and mend to what a check reports', () => {
    const { findings } = runChecks(objects, {}, [reportsAllBut('a', 'one', 'three')]);
    expect(findings).toEqual([
      {
        check: 'a',
        severity: 'error',
        source: 'a.yaml#2',
        object: 'ConfigMap shop/two',
        message: 'a ConfigMap shop/two',
        why: 'W.',
        mend: 'M.',
      },
    ]);
  });

  test('orders findings by object, then by check', () => {
    const { findings } = runChecks(objects, {}, [reportsAllBut('b', 'three'), reportsAllBut('a')]);
    expect(findings.map(({ check, object }) => `${object} ${check}`)).toEqual([
      'ConfigMap shop/one b',
      'ConfigMap shop/one a',
      'ConfigMap shop/two b',
      'ConfigMap shop/two a',
      'ConfigMap shop/three a',
    ]);
  });

  test('sets aside the object that makes a check throw, says so once for all checks, and runs over the others', () => {
    const chokes = (id: string): Check => ({
      ...reportsAllBut(id),
      *run(all) {
        for (const subject of all) {
          if (subject.object.metadata.name === 'two') throw new TypeError('x.map is not a function');
          yield { subject, message: `seen by ${id}` };
        }
      },
    });
    const result = runChecks(objects, {}, [chokes('a'), chokes('b'), reportsAllBut('clean', 'one', 'two', 'three')]);
    expect(result.findings.map(({ check, source, message }) => `${source} ${check}: ${message}`)).toEqual([
      'a.yaml#1 a: seen by a',
      'a.yaml#1 b: seen by b',
      'a.yaml#2 malformed-object: could not be read by a, b: x.map is not a function',
      'a.yaml#3 a: seen by a',
      'a.yaml#3 b: seen by b',
    ]);
    expect(result.passed).toEqual(['clean']);
  });

  test('a check that throws on no object alone is an error, not passed', () => {
    const broken: Check = {
      ...reportsAllBut('broken'),
      run(all) {
        if (all.length > 1) JSON.parse('hunter2');
        return [];
      },
    };
    const { findings, passed } = runChecks(objects, {}, [broken]);
    expect(findings).toMatchObject([{ check: 'malformed-object', severity: 'error', object: 'several objects' }]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
    expect(passed).toEqual([]);
  });

  test('a check without its facts is not run, and not passed', () => {
    const check: Check = { ...reportsAllBut('a'), needs: ['kubernetes', 'existing'] };
    expect(runChecks(objects, { existing: [] }, [check])).toEqual({
      findings: [],
      passed: [],
      exempted: [],
      notRun: [{ check: 'a', missing: ['kubernetes'] }],
    });
    expect(runChecks(objects, { existing: [], kubernetes: '1.28' }, [check]).findings).toHaveLength(3);
  });
});

describe('an exemption', () => {
  test('with a reason suppresses the findings of that check about that object only', () => {
    const set = [...annotated("{ ignore-check.fleet/a: 'an operator makes it' }"), ...objects.slice(1)];
    const result = runChecks(set, {}, [reportsAllBut('a'), reportsAllBut('b', 'two', 'three')]);
    expect(result.findings.map(({ check, object }) => `${check} ${object}`)).toEqual([
      'b ConfigMap shop/one',
      'a ConfigMap shop/two',
      'a ConfigMap shop/three',
    ]);
    expect(result.exempted).toMatchObject([{ reason: 'an operator makes it', finding: { check: 'a', object: 'ConfigMap shop/one' } }]);
  });

  test.each(["''", "'  '", '~'])('without a reason (%s) is an error and suppresses nothing', (reason) => {
    const { findings } = runChecks(annotated(`{ ignore-check.fleet/a: ${reason} }`), {}, [reportsAllBut('a')]);
    expect(findings).toMatchObject([
      { check: 'a' },
      { check: 'exemption', severity: 'error', field: "metadata.annotations['ignore-check.fleet/a']" },
    ]);
  });

  test('that suppresses nothing is a warning', () => {
    const { findings } = runChecks(annotated('{ ignore-check.fleet/a: old, ignore-check.fleet/aa: typo }'), {}, [
      reportsAllBut('a', 'one'),
    ]);
    expect(findings).toMatchObject([
      { check: 'exemption', severity: 'warning', message: 'the exemption from a suppresses nothing' },
      { check: 'exemption', severity: 'warning', message: 'no check has the id aa' },
    ]);
  });

  test('from a check that was not run is left alone', () => {
    const check: Check = { ...reportsAllBut('a'), needs: ['kubernetes'] };
    expect(runChecks(annotated('{ ignore-check.fleet/a: reason }'), {}, [check]).findings).toEqual([]);
  });
});
