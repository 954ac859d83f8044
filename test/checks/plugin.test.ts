import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configMap, folder } from './folder';

const REPOSITORY = join(__dirname, '../..');

/** A project whose program writes `dist/` itself, as ours does; `output:` stays empty unless OTHER names a folder. */
const APP = `
const fs = require('node:fs');
fs.mkdirSync(process.env.CDK8S_OUTDIR, { recursive: true });
if (process.env.OTHER) fs.copyFileSync('other.yaml', process.env.CDK8S_OUTDIR + '/other.yaml');
`;
const CONFIG = `language: typescript
app: node app.js
output: .scratch
validations:
  - package: ./checks/cdk8s-plugin.js
    version: 0.1.0
    class: FleetChecks
    properties:
      dist: rendered
`;

/** Runs the real CLI in a project with these files. */
function synth(files: Readonly<Record<string, string>>, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const dir = folder({ 'cdk8s.yaml': CONFIG, 'app.js': APP, ...files });
  symlinkSync(join(REPOSITORY, 'checks'), join(dir, 'checks'));
  const cdk8s = join(REPOSITORY, 'node_modules/.bin/cdk8s');
  const { status, stdout, stderr } = spawnSync(cdk8s, ['synth', '--check-upgrade=false', ...args], {
    cwd: dir,
    env: { ...process.env, HOME: dir, ...env },
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}`, read: (path: string) => readFileSync(join(dir, path), 'utf8') };
}

describe('cdk8s synth with the plugin', () => {
  const broken = configMap('broken', 'data:\n  not/ok: x\n');

  test('fails on an error in the folder that its property names, and says where and how to mend it', () => {
    const { status, output } = synth({ 'rendered/a.yaml': broken });
    expect(output).toContain('config-key-valid (error)');
    expect(output).toContain('Manifest Path: rendered/a.yaml:7');
    expect(output).toContain('Resource Name: ConfigMap shop/broken');
    expect(output).toContain("> data['not/ok']");
    expect(output).toContain('How to fix: ');
    expect(status).toBe(2);
  });

  test('succeeds without errors, and writes the report', () => {
    const { status, output, read } = synth({ 'rendered/a.yaml': configMap('fine') }, ['--validation-reports-output-file', 'report.json']);
    expect(output).toContain('Validations ended succesfully');
    expect(status).toBe(0);
    expect(JSON.parse(read('report.json')).reports[0].summary).toMatchObject({
      status: 'success',
      metadata: { Summary: expect.stringMatching(/^0 errors/) },
    });
  });

  test('checks what was rendered elsewhere instead', () => {
    const { status, output } = synth({ 'rendered/a.yaml': configMap('fine'), 'other.yaml': broken }, ['--output', 'other'], {
      OTHER: 'yes',
    });
    expect(output).toContain('Manifest Path: other/other.yaml:7');
    expect(status).toBe(2);
  });

  test('does not pass when there is nothing to check', () => {
    const { status, output } = synth({ 'rendered/values.yaml': 'a: 1' });
    expect(output).toContain('found no Kubernetes objects');
    expect(status).not.toBe(0);
  });
});
