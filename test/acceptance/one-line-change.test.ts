import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clusters } from '../../fleet/clusters';
import { contents, copyOfProject, edit, fingerprint, run } from './project';

const PRODUCTION = 'authorworks/production';
/** Regions beside the first one take what production's overlay says, unless their own says something else. */
const OTHERS = clusters.map(({ name }) => name).filter((name) => name.startsWith(`${PRODUCTION}-`));
const fileOf = (cluster: string) => `${cluster}/authorworks-gateway/deployment-authorworks-gateway.yaml`;

it('one changed line of an overlay, gateway’s cpu limit in production, changes one line of one file of its cluster, and touches no other', async () => {
  const root = copyOfProject();
  const before = contents(join(root, 'dist')) ?? {};
  const times = fingerprint(root);
  edit(
    root,
    `overlays/${PRODUCTION}/overlay.ts`,
    "limits: { cpu: '1000m', memory: '1Gi' } },\n    env:",
    "limits: { cpu: '1250m', memory: '1Gi' } },\n    env:",
  );

  const { code, text } = await run(root);
  expect({ code, text }).toMatchObject({ code: 0 });

  const after = contents(join(root, 'dist')) ?? {};
  expect(Object.keys(after)).toEqual(Object.keys(before));
  const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
  expect(changed.filter((path) => !OTHERS.map(fileOf).includes(path))).toEqual([fileOf(PRODUCTION)]);
  expect(text).toContain(`0 added, ${changed.length} changed, 0 removed`);
  for (const file of changed) {
    const [old, now] = [before[file]?.split('\n') ?? [], after[file]?.split('\n') ?? []];
    expect(now).toHaveLength(old.length);
    expect(now.flatMap((line, index) => (line === old[index] ? [] : [[old[index]?.trim(), line.trim()]]))).toEqual([
      ['cpu: 1000m', 'cpu: 1250m'],
    ]);
  }

  const touched = fingerprint(root, ['dist']);
  expect(Object.keys(touched).filter((path) => touched[path] !== times[path])).toEqual(changed.map((file) => `dist/${file}`));
});
