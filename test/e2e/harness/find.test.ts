import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolModule } from '../../tools/tool';
import { choose } from './find';
import { serverOf } from './kubeconfig';
import { ETCD, lineOf, lines } from './lines';

describe('a control plane is taken from', () => {
  const all = { context: 'kind-test', kubeconfig: '/k', assets: '/a', hasGo: true, isBuilt: true };

  test('an explicit context, then KUBEBUILDER_ASSETS, then the Go modules', () => {
    expect(choose(all)).toEqual({ from: 'context', context: 'kind-test', kubeconfig: '/k' });
    expect(choose({ ...all, context: undefined })).toEqual({ from: 'assets', folder: '/a' });
    expect(choose({ ...all, context: undefined, assets: undefined })).toEqual({ from: 'build' });
  });

  test('the cache, where Go is gone', () => {
    expect(choose({ hasGo: false, isBuilt: true })).toEqual({ from: 'build' });
  });

  test('nowhere without Go; never from a KUBECONFIG alone', () => {
    expect(() => choose({ kubeconfig: '/k', hasGo: false, isBuilt: false })).toThrow(/Go 1\.24 or newer is not installed[\s\S]*\.ci\/go/);
    expect(choose({ kubeconfig: '/k', hasGo: true, isBuilt: false })).toEqual({ from: 'build' });
    expect(() => choose({ ...all, kubeconfig: undefined })).toThrow(/KUBECONFIG=<file>/);
  });
});

test('versions come from the Go modules, and a server gets the line that fits', () => {
  expect(lines().map(({ name, kubernetes }) => kubernetes.startsWith(`${name}.`))).toEqual([true, true]);
  expect(toolModule(ETCD).version).toMatch(/^3\.5\.\d+$/);
  expect(['v1.28.15', 'v1.31.0', 'v1.34.4', 'v1.40.1'].map(lineOf)).toEqual(['1.28', '1.28', '1.34', '1.34']);
  expect(() => lineOf('v1.27.3')).toThrow(/older than 1\.28/);
});

describe('a kubeconfig', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fleet-manifests-kubeconfig-'));
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    writeFileSync(join(folder, 'client.key'), 'KEY');
    writeFileSync(
      join(folder, 'config'),
      JSON.stringify({
        'current-context': 'work',
        contexts: ['work', 'throwaway'].map((name) => ({ name, context: { cluster: name, user: name } })),
        clusters: ['work', 'throwaway'].map((name) => ({
          name,
          cluster: { server: `https://${name}/`, 'certificate-authority-data': base64('CA') },
        })),
        users: [
          { name: 'throwaway', user: { 'client-certificate-data': base64('CERT'), 'client-key': 'client.key' } },
          { name: 'work', user: { exec: 'aws' } },
        ],
      }),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives the named context, not the current one', () => {
    expect(serverOf(join(folder, 'config'), 'throwaway')).toEqual({
      url: 'https://throwaway',
      ca: 'CA',
      cert: 'CERT',
      key: 'KEY',
      token: undefined,
    });
  });

  test('says what is there when the name is wrong, and what it cannot do', () => {
    expect(() => serverOf(join(folder, 'config'), 'typo')).toThrow(/no complete context typo; it has: work, throwaway/);
    expect(() => serverOf(join(folder, 'config'), 'work')).toThrow(/neither token nor client certificate/);
  });
});
