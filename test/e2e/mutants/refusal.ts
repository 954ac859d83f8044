import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyOverlay } from '../../../charts/workload/resolve';
import { cli } from '../../../checks/cli';
import { clusterFacts } from '../../../fleet/cluster-facts';
import { clusters } from '../../../fleet/clusters';
import { synthIn } from '../../acceptance/in-process';
import { fingerprint } from '../../acceptance/project';
import type { Mutant } from './mutant';
import { mutated, replaced } from './mutation';

/** The cluster in which every mistake is made. */
export const CLUSTER = 'authorworks/production';

const PRODUCTION = clusters.filter(({ name }) => name === CLUSTER);

/** What the project said to a mistake. */
export interface Refusal {
  readonly refused: boolean;
  /** Checks that caught it; none where the error came before the checks. */
  readonly checks: readonly string[];
  /** All that was said. */
  readonly text: string;
  /** Files of `dist/` and `overlays/` that the run changed. */
  readonly written: readonly string[];
}

/**
 * Brings a mistake in at its door, and takes it out again.
 * @param root a copy of the project's data, made by `copyOfData`
 */
export function tryOut(root: string, { door, object }: Mutant): Refusal {
  const dist = `dist/${CLUSTER}`;
  if (door === 'check') {
    const { file, text } = mutated(join(root, dist), object);
    return withText(
      join(root, dist, file),
      () => text,
      () => judged(root, () => check(root)),
    );
  }
  if ('file' in door) {
    const edit = (text: string) => replaced(text, door.from, door.to);
    return withText(join(root, `overlays/${CLUSTER}`, door.file), edit, () => judged(root, () => synthesize(root)));
  }
  // The types of a patch carry any JSON, so nothing is lost by going past them.
  const overlay = 'overlay' in door ? door.overlay : ({ [door.patch]: { patch: [object] } } as unknown as AnyOverlay);
  return judged(root, () => synthesize(root, overlay));
}

/** Nothing but the mistake: the copy without it passes at every door. */
export function tryNone(root: string): readonly Refusal[] {
  return [judged(root, () => synthesize(root)), judged(root, () => check(root))];
}

interface Said {
  readonly exitCode: number | null;
  readonly checks: readonly string[];
  readonly text: string;
}

function synthesize(root: string, overlay?: AnyOverlay): Said {
  const overlays = overlay === undefined ? [] : [overlay];
  const { code, text } = synthIn(
    root,
    PRODUCTION.map((definition) => ({ ...definition, overlays: [...definition.overlays, ...overlays] })),
  );
  const errors = text
    .split('\n')
    .filter((line) => !line.startsWith('Warning: '))
    .join('\n');
  // A finding begins with `<construct path>: <object> (<check>)`; its further lines are indented.
  const checks = [...errors.matchAll(/^\S.* \(([a-z]+(?:-[a-z]+)*)\)\n {2}what: /gm)].flatMap(([, id]) => id ?? []);
  return { exitCode: code, checks: unique(checks), text };
}

/** As `npm run check` does, with what the fleet knows of the cluster. */
function check(root: string): Said {
  const folder = join(root, `dist/${CLUSTER}`);
  const { stdout, stderr, exitCode } = cli([folder, '--format', 'json'], (cluster) => clusterFacts(root, cluster));
  if (stdout === '') return { exitCode, checks: [], text: stderr };
  const { findings } = JSON.parse(stdout) as { findings: { check: string; severity: string; message: string }[] };
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    exitCode,
    checks: unique(errors.map((finding) => finding.check)),
    text: errors.map(({ check, message }) => `${check}: ${message}`).join('\n'),
  };
}

function judged(root: string, run: () => Said): Refusal {
  const before = fingerprint(root);
  const { exitCode, checks, text } = run();
  const after = fingerprint(root);
  const written = unique([...Object.keys(before), ...Object.keys(after)]).filter((path) => before[path] !== after[path]);
  return { refused: exitCode === 1, checks, text, written };
}

function withText<T>(path: string, change: (text: string) => string, use: () => T): T {
  const kept = readFileSync(path, 'utf8');
  writeFileSync(path, change(kept));
  try {
    return use();
  } finally {
    writeFileSync(path, kept);
  }
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
