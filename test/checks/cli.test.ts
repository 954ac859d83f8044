import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../../checks/cli';
import { allChecks } from '../../checks/index';
import { configMap, folder } from './folder';

const REPOSITORY = join(__dirname, '../..');

/** One error: a key that is no file name. One exempted error. */
const BROKEN = configMap('broken', 'data:\n  ok: x\n  not/ok: x\n');
const EXEMPTED = configMap('exempted', 'data:\n  not/ok: x\n').replace(
  '  name',
  "  annotations: { ignore-check.fleet/config-key-valid: 'read by a program of ours' }\n  name",
);
const CLEAN = configMap('clean');
const WARNED = configMap('warned').replace('  name', '  annotations: { ignore-check.fleet/config-size: old }\n  name');
const CLAIM =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop }\nspec: { storageClassName: gp3, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n';

describe('npm run check', () => {
  test('tells where, what, why and how to mend, and sums up in the last line', () => {
    const dir = folder({ 'a/broken.yaml': BROKEN, 'a/exempted.yaml': EXEMPTED, 'values.yaml': 'a: 1' });
    const { stdout, exitCode } = cli([dir]);
    expect(exitCode).toBe(1);
    const blocks = stdout.split('\n\n');
    expect(blocks).toHaveLength(2);
    expect(blocks[0]?.split('\n')).toEqual([
      `${dir}/a/broken.yaml: ConfigMap shop/broken`,
      '  error config-key-valid',
      "    where: data['not/ok'], line 8",
      '    what:  the key "not/ok" has characters other than letters, digits, -, _ and .',
      expect.stringMatching(/^ {4}why: {3}\w/),
      expect.stringMatching(/^ {4}mend: {2}\w/),
    ]);
    expect(blocks[1]).toMatch(
      /^1 error, 0 warnings; \d+ checks passed, \d+ not run \(without facts: .*\); 2 objects in 3 files; 1 finding exempted; 1 document skipped/,
    );
  });

  test('takes paths from the folder that the user stands in, and tells them from the project’s', () => {
    const top = folder({ 'team/manifests/a.yaml': BROKEN, 'team/facts.yaml': 'kubernetes: "1.28"\n' });
    const { stdout, exitCode } = cli(['manifests', '--facts', 'facts.yaml'], undefined, join(top, 'team'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${join(top, 'team/manifests/a.yaml')}: ConfigMap shop/broken`);
    expect(cli(['manifests'], undefined, top).stderr).toMatch(/manifests: no such folder/);
  });

  test('does so when npm starts it, and only then', () => {
    const dir = folder({ 'team/manifests/a.yaml': BROKEN });
    const main = ['--require', join(REPOSITORY, 'node_modules/ts-node/register'), join(REPOSITORY, 'fleet/check-main.ts')];
    const started = (npm_lifecycle_event: string) => {
      const env = { ...process.env, TS_NODE_PROJECT: join(REPOSITORY, 'tsconfig.json'), npm_lifecycle_event, INIT_CWD: join(dir, 'team') };
      return spawnSync(process.execPath, [...main, 'manifests'], { cwd: dir, env, encoding: 'utf8' });
    };
    expect(started('check')).toMatchObject({ status: 1, stdout: expect.stringContaining('team/manifests/a.yaml: ConfigMap shop/broken') });
    expect(started('test')).toMatchObject({ status: 2, stderr: expect.stringContaining('manifests: no such folder') });
  });

  test.each([
    ['an error', BROKEN, 1],
    ['a file that cannot be parsed', 'a: [', 1],
    ['a warning', WARNED, 0],
    ['nothing', CLEAN, 0],
  ])('ends with its code on %s', (_, text, exitCode) => {
    expect(cli([folder({ 'a.yaml': text })]).exitCode).toBe(exitCode);
  });

  test.each([
    ['an unknown format', ['--format', 'xml'], /--format xml: expected one of text, json, sarif/],
    ['a format that only looks like one', ['--format', 'toString'], /--format toString/],
    ['an unknown option', ['--fix'], /--fix/],
    ['two folders', ['other'], /one folder/],
    ['a missing facts file', ['--facts', 'gone.yaml'], /gone\.yaml/],
  ])('refuses %s with code 2 and the usage', (_, args, message) => {
    const { stdout, stderr, exitCode } = cli([folder({ 'a.yaml': CLEAN }), ...args]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(message);
    expect(stderr).toContain('usage:');
  });

  test('does not pass a folder that is missing or holds no objects', () => {
    expect(cli(['/gone/away'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('/gone/away: no such folder') });
    expect(cli([folder({ 'values.yaml': 'a: 1' })])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no Kubernetes objects'),
    });
  });

  test('compares names inside one cluster only', () => {
    const two = { 'a/b/dev/bootstrap.yaml': configMap('boot'), 'a/b/production/bootstrap.yaml': configMap('boot') };
    expect(cli([folder(two)]).exitCode).toBe(0);
    expect(cli([folder({ 'dev/boot.yaml': configMap('boot'), 'production/boot.yaml': configMap('boot') })]).stdout).toContain(
      'duplicate-identity',
    );
  });

  test('lists every check', () => {
    const { stdout, exitCode } = cli(['--list']);
    expect(exitCode).toBe(0);
    for (const { id, severity, title } of allChecks) expect(stdout).toContain(`${id} (${severity})\n  ${title}`);
  });
});

describe('--facts', () => {
  const GROUP =
    '{ name: app, labels: {}, taints: [], allocatable: { cpu: 4, memory: 8Gi, pods: 10, ephemeralStorage: 45Gi }, size: { min: 1, max: 2 }, zones: [a], spot: false }';
  const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: { containers: [{ name: web, resources: ';
  const cluster = (name: string) => ({ [`${name}/bootstrap.yaml`]: configMap('boot'), [`${name}/data/claim.yaml`]: CLAIM });
  const check = (facts: string, files: Readonly<Record<string, string>> = { 'claim.yaml': CLAIM }) => {
    const manifests = Object.fromEntries(Object.entries(files).map(([path, text]) => [`manifests/${path}`, text]));
    const dir = folder({ ...manifests, 'facts.yaml': facts });
    return cli([join(dir, 'manifests'), '--facts', join(dir, 'facts.yaml')]);
  };

  test('of a map hold for every object', () => {
    expect(cli([folder({ 'claim.yaml': CLAIM })]).stdout).not.toContain('StorageClass');
    expect(check('existing: [Namespace shop]').stdout).toContain('asks for StorageClass gp3, which does not exist');
    expect(check('existing: [Namespace shop, StorageClass gp3]').stdout).not.toContain('which does not exist');
  });

  test('of a node group say how much disk a node offers, if that is known', () => {
    const files = { 'pod.yaml': `${POD}{ requests: { ephemeral-storage: 50Gi } } }] }` };
    expect(check(`nodeGroups: [${GROUP}]`, files).stdout).toContain('app: ephemeral-storage 50Gi, a node offers besides DaemonSets 45Gi');
    expect(check(`nodeGroups: [${GROUP.replace(', ephemeralStorage: 45Gi', '')}]`, files).stdout).not.toContain('fits no node group');
  });

  test('of a list hold for the cluster that they name', () => {
    const files = { ...cluster('shop/dev'), ...cluster('shop/production') };
    const facts =
      '- { cluster: shop/dev, existing: [Namespace shop, StorageClass gp3] }\n- { cluster: shop/production, existing: [Namespace shop] }';
    const { stdout } = check(facts, files);
    expect(stdout).toContain('shop/production/data/claim.yaml: PersistentVolumeClaim shop/data');
    expect(stdout).not.toContain('shop/dev/data/claim.yaml: PersistentVolumeClaim shop/data\n  error storage');
  });

  test.each([
    ['an unknown fact', 'kubernets: "1.28"', /kubernets/],
    ['a minor without quotes', 'kubernetes: 1.28', /kubernetes/],
    [
      'a quantity that is none',
      'proxy: { requests: { cpu: lots, memory: 1Mi }, limits: { cpu: 1, memory: 1Mi } }',
      /proxy\.requests\.cpu: expected a Kubernetes quantity/,
    ],
    [
      'disk that is no quantity',
      `nodeGroups: [${GROUP.replace('45Gi', 'much')}]`,
      /allocatable\.ephemeralStorage: expected a Kubernetes quantity/,
    ],
    ['an entry for no cluster', '- { existing: [] }', /\[0\]\.cluster: is missing/],
    ['a cluster that is not there', '- { cluster: shop/staging }', /cluster shop\/staging: expected one of shop\/dev/],
    ['a cluster twice', '- { cluster: shop/dev }\n- { cluster: shop/dev }', /two entries/],
  ])('with %s is refused with code 2', (_, facts, message) => {
    const { stderr, exitCode } = check(facts, cluster('shop/dev'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('--format json', () => {
  test('has the counts, and each finding with file, line and column', () => {
    const dir = folder({ 'a.yaml': BROKEN, 'b.yaml': EXEMPTED });
    const result = JSON.parse(cli([dir, '--format', 'json']).stdout);
    expect(result).toMatchObject({ version: 1, errors: 1, warnings: 0, files: 2, objects: 2, skipped: 0 });
    expect(result.findings).toEqual([
      expect.objectContaining({
        check: 'config-key-valid',
        severity: 'error',
        object: 'ConfigMap shop/broken',
        file: `${dir}/a.yaml`,
        line: 8,
        column: 3,
      }),
    ]);
    expect(result.exempted).toEqual([expect.objectContaining({ check: 'config-key-valid', reason: 'read by a program of ours' })]);
    expect(result.passed).toContain('duplicate-identity');
    expect(result.notRun).toContainEqual({ check: 'storage-class-exists', missing: ['existing'], clusters: [''] });
  });
});

describe('--format sarif', () => {
  test('gives GitHub a rule and a place for each result, and suppresses what is exempted', () => {
    const dir = folder({ 'a.yaml': BROKEN, 'b.yaml': EXEMPTED, 'c.yaml': 'a: 1\na: 2\n' });
    const log = JSON.parse(cli([dir, '--format', 'sarif']).stdout);
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const places = run.results.map((result: { ruleId: string; locations: unknown[]; suppressions?: unknown[] }) => ({
      rule: result.ruleId,
      region: (result.locations[0] as { physicalLocation: { region: unknown } }).physicalLocation.region,
      suppressed: result.suppressions !== undefined,
    }));
    expect(places).toEqual([
      { rule: 'unparsable-yaml', region: { startLine: 2, startColumn: 1 }, suppressed: false },
      { rule: 'config-key-valid', region: { startLine: 8, startColumn: 3 }, suppressed: false },
      { rule: 'config-key-valid', region: { startLine: 8, startColumn: 3 }, suppressed: true },
    ]);
    for (const { ruleId, ruleIndex, message } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(run.tool.driver.rules[ruleIndex].help.text).toContain('How to mend it');
      expect(message.text).not.toBe('');
    }
    const fingerprints = run.results.map(
      (result: { partialFingerprints: Record<string, string> }) => Object.values(result.partialFingerprints)[0],
    );
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  test('has paths relative to the working directory', () => {
    const dir = folder({ 'dist/a b/x.yaml': BROKEN });
    const main = ['--require', join(REPOSITORY, 'node_modules/ts-node/register'), join(REPOSITORY, 'fleet/check-main.ts')];
    const env = { ...process.env, TS_NODE_PROJECT: join(REPOSITORY, 'tsconfig.json') };
    const { stdout, status } = spawnSync(process.execPath, [...main, '--format', 'sarif'], { cwd: dir, env, encoding: 'utf8' });
    expect(status).toBe(1);
    const uris = JSON.parse(stdout).runs[0].results.map(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri,
    );
    expect(uris).toEqual(['dist/a%20b/x.yaml']);
  });
});
