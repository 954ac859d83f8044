import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseLock } from '../../synth/names-file';
import { crdsFolder, GIVEN } from './harness/crds';
import { goneText } from './harness/gone';
import { type Plan, planOf } from './harness/plan';
import { previousDist } from './harness/previous';
import { sync } from './harness/sync';
import { distClusters, open, ownTargets, REPOSITORY, type TestCluster } from './harness/targets';
import { type Upgrade, upgrade } from './harness/upgrade';

// This dist on top of the one before it, as Argo CD would apply it to a cluster that runs that one.

const previous = previousDist(REPOSITORY, process.env.E2E_FROM);
if (ownTargets().length === 0) test.skip('an upgrade is tried on control planes of our own only', () => {});
else if (typeof previous === 'string') test.skip(`an upgrade is not tried: ${previous}`, () => {});
else {
  afterAll(previous.remove);
  const standing = distClusters().filter((name) => existsSync(join(previous.root, name, 'bootstrap.yaml')));
  const pairs = standing.map((name) => ({ name, before: planOf(previous.root, name), after: planOf(REPOSITORY, name) }));
  const changed = pairs.filter(({ before, after }) => textOf(before) !== textOf(after));

  describe(`from ${previous.commit}`, () => {
    for (const name of distClusters().filter((each) => !standing.includes(each))) test.skip(`${name} is new`, () => {});
    for (const { name } of pairs.filter((pair) => !changed.includes(pair))) test.skip(`${name} is the same`, () => {});
    describe.each(ownTargets())('Kubernetes $name', (target) => {
      describe.each(changed)('$name', ({ name, before, after }) => {
        let cluster: TestCluster;
        let stood: readonly string[];
        let result: Upgrade;

        beforeAll(async () => {
          cluster = await open(target);
          const crds = crdsFolder(cluster.line, REPOSITORY);
          // The dist before may have taken definitions for granted that this one brings.
          const given = [...new Set([...GIVEN, ...after.stages.flatMap((stage) => stage.crds)])];
          const { applied } = await sync(cluster.client, before, { crds, given });
          stood = applied.flatMap(({ document, refusal }) => (refusal === undefined ? [] : [`${document.source}: ${refusal}`]));
          result = await upgrade(cluster.client, { before, after, moved: movedOf(name), crds });
          const lines = [...result.announced.map((text) => `anew   ${text}`), ...result.gone.map(goneText)];
          console.info(`${name}, upgraded: ${lines.length === 0 ? 'nothing is made anew, nothing is gone' : `\n  ${lines.join('\n  ')}`}`);
        });
        afterAll(() => cluster?.stop());

        test('what stood before was accepted itself', () => {
          expect(stood).toEqual([]);
        });

        test('what is refused was announced by a moved record', () => {
          expect(result.refused).toEqual([]);
        });

        test('what is pruned is gone, and what is to be left is there', () => {
          expect(result.astray).toEqual([]);
        });
      });
    });
  });
}

function movedOf(cluster: string) {
  const file = cluster.replace('dist', 'overlays').concat('/names.yaml');
  return parseLock(readFileSync(join(REPOSITORY, file), 'utf8'), file).moved;
}

function textOf({ stages }: Plan): string {
  return JSON.stringify(stages.map(({ application, documents, crds }) => [application, crds, documents.map(({ text }) => text)]));
}
