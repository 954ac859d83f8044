import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { clusters } from '../../fleet/clusters';
import { ACCEPTED } from './kube-score-accepted';
import { tool } from './tool';

// A second opinion on dist, by people who know none of our checks: kube-score has nothing critical to say but what is meant.

const dist = resolve(__dirname, '../../dist');
let program: string;
beforeAll(() => {
  program = tool('kube-score');
});

/** What is used of kube-score's output, version 2. */
interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

interface Finding {
  readonly check: string;
  /** As `Deployment authorworks/gateway`. */
  readonly object: string;
  /** What kube-score says of it. */
  readonly text: string;
}

const CRITICAL = 1;
/** Kinds that make pods: nearly all of kube-score's checks are about them. */
const MAKES_PODS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

function score(files: readonly string[], kubernetes: string): readonly Scored[] {
  // Annotations of objects hide nothing: what is meant is listed here, with its reason.
  const options = ['--output-format', 'json', '--kubernetes-version', `v${kubernetes}`, '--disable-ignore-checks-annotations'];
  const { stdout, stderr, error } = spawnSync(program, ['score', ...options, ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  try {
    return JSON.parse(stdout) as Scored[];
  } catch {
    throw new Error(`kube-score ended without a result: ${error?.message ?? stderr}`);
  }
}

const nameOf = ({ type_meta, object_meta }: Scored) => `${type_meta.kind} ${object_meta.namespace ?? ''}/${object_meta.name}`;

function critical(scored: readonly Scored[]): readonly Finding[] {
  return scored.flatMap((object) =>
    object.checks
      .filter(({ grade, skipped }) => !skipped && grade <= CRITICAL)
      .map(({ check, comments }) => ({
        check: check.id,
        object: nameOf(object),
        text: (comments ?? []).map(({ path, summary }) => `${path}: ${summary}`).join('; '),
      })),
  );
}

const covers = ({ check, objects = /^/ }: (typeof ACCEPTED)[number], finding: Finding) =>
  check === finding.check && objects.test(finding.object);

const used = new Set<(typeof ACCEPTED)[number]>();

describe.each(clusters)('$name', ({ name, props }) => {
  let files: readonly string[];
  let scored: readonly Scored[];
  beforeAll(() => {
    const folder = join(dist, name);
    files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => join(folder, file));
    scored = score(files, props.kubernetes);
  });

  test('everything that makes pods was looked at', () => {
    const rendered = files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS()));
    const wanted = rendered
      .filter(({ kind }) => MAKES_PODS.includes(kind))
      .map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    expect(wanted.length).toBeGreaterThan(0);
    expect(scored.map(nameOf)).toEqual(expect.arrayContaining(wanted));
  });

  test('kube-score finds nothing critical but what is meant', () => {
    const findings = critical(scored);
    for (const entry of ACCEPTED) if (findings.some((finding) => covers(entry, finding))) used.add(entry);
    const news = findings.filter((finding) => !ACCEPTED.some((entry) => covers(entry, finding)));
    expect(news.map(({ check, object, text }) => `${object}: ${check}: ${text}`)).toEqual([]);
  });
});

test('every accepted finding still occurs', () => {
  expect(ACCEPTED.filter((entry) => !used.has(entry)).map(({ check, objects }) => `${check} ${objects ?? ''}`)).toEqual([]);
});

test('a finding is noticed: a container that may be root, in an object whose annotation asks to ignore that', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube-score-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'deployment.yaml');
  writeFileSync(
    file,
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations: { kube-score/ignore: container-security-context-user-group-id }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1.0.0" }] }
`,
  );
  const found = critical(score([file], '1.28')).filter(({ check }) => check === 'container-security-context-user-group-id');
  expect(found.map(({ object }) => object)).toEqual(['Deployment shop/web']);
});
