import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contents, copyOfProject, edit, fingerprint, run } from './project';

it('one changed line of an overlay, gateway’s cpu limit in production, changes one line of one file, and touches no other', async () => {
  const root = copyOfProject();
  const before = contents(join(root, 'dist')) ?? {};
  const times = fingerprint(root);
  edit(
    root,
    'overlays/authorworks/production/overlay.ts',
    "limits: { cpu: '1000m', memory: '1Gi' } },\n    env:",
    "limits: { cpu: '1250m', memory: '1Gi' } },\n    env:",
  );

  expect(await run(root)).toMatchObject({ code: 0, text: expect.stringContaining('0 added, 1 changed, 0 removed') });

  const after = contents(join(root, 'dist')) ?? {};
  const file = 'authorworks/production/authorworks-gateway/deployment-authorworks-gateway.yaml';
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([file]);
  const [old, now] = [before[file]?.split('\n') ?? [], after[file]?.split('\n') ?? []];
  expect(now).toHaveLength(old.length);
  expect(now.flatMap((line, index) => (line === old[index] ? [] : [[old[index]?.trim(), line.trim()]]))).toEqual([
    ['cpu: 1000m', 'cpu: 1250m'],
  ]);

  const touched = fingerprint(root, ['dist']);
  expect(Object.keys(touched).filter((path) => touched[path] !== times[path])).toEqual([`dist/${file}`]);
});
