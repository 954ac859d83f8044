import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startControlPlane } from './control-plane';
import { ownTargets } from './targets';

// Nothing may be left behind: no process, no file; however the harness ends.

const programs = ownTargets().map(({ binaries }) => binaries);

describe.skipIf(programs.length === 0)('a control plane of our own', () => {
  const binaries = programs[0] ?? '';

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('is gone after its harness got %s', async (signal) => {
    const script = `
      const { startControlPlane } = require('./test/e2e/harness/control-plane');
      startControlPlane(${JSON.stringify(binaries)}).then(({ processes, client }) => {
        console.log(processes.folder, client.server.url);
        setInterval(() => {}, 1000);
      });`;
    const harness = spawn(process.execPath, ['--require', 'ts-node/register', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [folder, url] = (await new Promise<string>((resolve) => harness.stdout.once('data', (data) => resolve(String(data)))))
      .trim()
      .split(' ');
    expect(existsSync(folder ?? '')).toBe(true);
    harness.kill(signal);
    await eventually(() => !existsSync(folder ?? ''));
    await expect(fetch(`${url}/readyz`)).rejects.toThrow('fetch failed');
  });

  test('is gone after it stopped', async () => {
    const { processes, client, stop } = await startControlPlane(binaries);
    await stop();
    expect(existsSync(processes.folder)).toBe(false);
    await expect(fetch(`${client.server.url}/readyz`)).rejects.toThrow('fetch failed');
  });
});

describe('a control plane that does not start', () => {
  let binaries: string;
  beforeAll(() => {
    binaries = mkdtempSync(join(tmpdir(), 'fleet-manifests-broken-'));
    writeFileSync(join(binaries, 'etcd'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
    writeFileSync(join(binaries, 'kube-apiserver'), '#!/bin/sh\necho "in $PWD: no such flag"; exit 3\n', { mode: 0o755 });
  });
  afterAll(() => rmSync(binaries, { recursive: true }));

  test('says why, and leaves nothing', async () => {
    const error = await startControlPlane(binaries).catch((error: Error) => error);
    const message = error instanceof Error ? error.message : 'it started';
    expect(message).toMatch(/kube-apiserver ended by itself \(exit code 3\)/);
    const folder = /in (\S+): no such flag/.exec(message)?.[1];
    expect(folder).toBeDefined();
    expect(existsSync(folder ?? '')).toBe(false);
  });
});

async function eventually(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); ) {
    if (Date.now() > end) throw new Error('not within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
