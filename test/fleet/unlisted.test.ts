import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clusters } from '../../fleet/clusters';
import { appSources, lockedClusters, overlayFolders } from '../../fleet/read-data';
import { unlisted } from '../../fleet/unlisted';

const root = resolve(__dirname, '../..');
const nothing = { sources: [], folders: [], locked: [] };
const app = (file: string, text: string) => unlisted({ ...nothing, sources: [{ file, text }] }, clusters);
const overlay = (...folders: readonly string[]) => unlisted({ ...nothing, folders }, clusters);

test('everything in apps/ and overlays/ is rendered somewhere', () => {
  const sources = appSources(root);
  expect(sources.map(({ file }) => file)).toEqual(expect.arrayContaining(['apps/authorworks/index.ts', 'apps/authorworks/gateway.ts']));
  expect(overlayFolders(root)).toContain('authorworks/dev');
  expect(unlisted({ sources, folders: overlayFolders(root), locked: lockedClusters(root) }, clusters)).toEqual([]);
});

describe('a workload that its platform does not list is noticed', () => {
  const file = 'apps/authorworks/reviews.ts';

  test.each([
    ["export const reviews = service('authorworks-reviews', {"],
    ["const reviews = worker(\n  'authorworks-reviews', props)"],
    ['export const reviews = cronJob("authorworks-reviews", {'],
    ["export const gateway = service('authorworks-gateway', {});\nexport const reviews = service('authorworks-reviews', {});"],
  ])('%s', (text) => {
    expect(app(file, text)).toEqual([
      expect.stringMatching(
        /^apps\/authorworks\/reviews\.ts: defines the workload authorworks-reviews, which .* apps\/authorworks\/index\.ts/,
      ),
    ]);
  });

  test('and so is one of a platform that no cluster runs', () => {
    expect(app('apps/shop/api.ts', "service('shop-api', {")).toEqual([
      expect.stringContaining('no cluster in fleet/clusters.ts runs the platform shop'),
    ]);
  });

  test('but not a file that shares values, nor a listed workload in a file of any name', () => {
    expect(app(file, "export const image = 'authorworks/reviews';")).toEqual([]);
    expect(app('apps/authorworks/web/all.ts', "service('authorworks-gateway', {")).toEqual([]);
  });
});

describe('a folder of overlays that no cluster reads is noticed', () => {
  test('one of a region that is not listed', () => {
    expect(overlay('authorworks/production', 'authorworks/production-nowhere')).toEqual([
      expect.stringMatching(/^overlays\/authorworks\/production-nowhere: no cluster in fleet\/clusters\.ts reads this folder/),
    ]);
  });

  test('but not that of an environment whose clusters all are regions', () => {
    const regions = clusters.map((definition) => ({
      ...definition,
      name: `${definition.name}-eu-west-1`,
      releases: [...definition.releases, `overlays/${definition.name}-eu-west-1/releases.yaml`],
    }));
    const folders = ['authorworks/production', 'authorworks/production-eu-west-1'];
    expect(unlisted({ ...nothing, folders }, regions)).toEqual([]);
  });

  test('nor one that was rendered once, which stops the run', () => {
    expect(unlisted({ ...nothing, folders: ['authorworks/old'], locked: ['authorworks/old'] }, clusters)).toEqual([]);
  });
});
