import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cdk8s, contents, copyOfProject, fingerprint, type Outcome, repository, run, temporaryFolder } from './project';

// The same input gives the same bytes: twice, elsewhere, and whatever the environment says.

let root: string;
let first: Outcome;

beforeAll(async () => {
  root = copyOfProject({ dist: false });
  first = await run(root);
}, 60_000);

it('a fresh copy renders exactly the dist that is committed, so that a stale one fails here', () => {
  expect(first).toMatchObject({ code: 0, text: expect.stringContaining('added, 0 changed, 0 removed') });
  expect(contents(join(root, 'dist'))).toEqual(contents(join(repository, 'dist')));
});

it('a fresh copy leaves the name locks as they are committed', () => {
  expect(contents(join(root, 'overlays'))).toEqual(contents(join(repository, 'overlays')));
});

/** What a machine may have set differently; none of it is input. */
const MACHINES = {
  'another time zone': { TZ: 'Asia/Kathmandu' },
  'a language with other letters': { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  'no language': { LANG: '', LC_ALL: 'C' },
  'cdk8s told not to sort': { CDK8S_DISABLE_SORT: '1' },
};

it('a second run, from another folder and with all of that set, touches nothing, here and there', async () => {
  const elsewhere = temporaryFolder();
  const before = fingerprint(root);
  // ts-node looks for its settings from the working directory upwards unless it is told where they are.
  const env = { ...Object.assign({}, ...Object.values(MACHINES)), TS_NODE_PROJECT: join(root, 'tsconfig.json') };
  expect(await run(root, { cwd: elsewhere, env })).toMatchObject({
    code: 0,
    text: expect.stringContaining('0 added, 0 changed, 0 removed'),
  });
  expect(fingerprint(root)).toEqual(before);
  expect(contents(elsewhere)).toEqual({});
});

it('the cdk8s CLI renders the same bytes into another folder, and leaves dist alone', async () => {
  const before = fingerprint(root);
  const out = join(temporaryFolder(), 'out');
  expect((await cdk8s(root, ['-o', out])).code).toBe(0);
  expect(contents(out)).toEqual(contents(join(repository, 'dist')));
  expect(fingerprint(root)).toEqual(before);
});

describe.skipIf(process.env.SLOW !== '1')('with SLOW=1, each alone, into a new folder', () => {
  it.each(Object.entries(MACHINES))('%s', async (_, env) => {
    const out = join(temporaryFolder(), 'out');
    expect((await run(root, { env: { ...env, CDK8S_OUTDIR: out } })).code).toBe(0);
    expect(contents(out)).toEqual(contents(join(repository, 'dist')));
  });
});
