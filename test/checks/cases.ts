import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ClusterFacts } from '../../checks/facts';
import { parseText } from '../../checks/parse';
import type { SourcedObject } from '../../synth/object';

/** A finding that `fail.yaml` must give. */
export interface ExpectedFinding {
  /** As `describe` names it. */
  readonly object: string;
  /** @default - any field */
  readonly field?: string;
  /** Part of the finding's message. */
  readonly message: string;
}

/** `test/checks/cases/<id>/`: objects that a check must pass, objects that it must not, and what it then says. */
export interface Case {
  readonly pass: readonly SourcedObject[];
  readonly fail: readonly SourcedObject[];
  readonly facts: Partial<ClusterFacts>;
  readonly expected: readonly ExpectedFinding[];
}

const CASES = join(__dirname, 'cases');

/** Ids of all checks that have a case folder. */
export function caseIds(): readonly string[] {
  return existsSync(CASES) ? readdirSync(CASES).sort() : [];
}

export function readCase(id: string): Case {
  const text = (name: string) => readFileSync(join(CASES, id, name), 'utf8');
  const objects = (name: string) => {
    const parsed = parseText(name, text(name));
    if (parsed.problems.length > 0) throw new Error(`${id}/${name}: ${parsed.problems.map((p) => `${p.object}: ${p.message}`).join('; ')}`);
    if (parsed.skipped > 0) throw new Error(`${id}/${name}: ${parsed.skipped} documents are no Kubernetes objects`);
    if (parsed.objects.length === 0) throw new Error(`${id}/${name} holds no objects`);
    return parsed.objects;
  };
  const facts: Partial<ClusterFacts> = existsSync(join(CASES, id, 'facts.yaml')) ? parse(text('facts.yaml')) : {};
  return { pass: objects('pass.yaml'), fail: objects('fail.yaml'), facts, expected: parse(text('expected.yaml')) };
}
