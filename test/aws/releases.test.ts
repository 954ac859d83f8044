import { describe, expect, it } from 'vitest';
import { loadContract } from '../../charts/aws/load';
import {
  imageReference,
  layer,
  loadReleases,
  type ReleaseRules,
  releaseOf,
  secretVersion,
  unusedImages,
  unusedSecretVersions,
} from '../../charts/aws/releases';
import { semanticVersion, serviceEnvironmentVersionCommit } from '../../charts/aws/tags';
import { minimal, problemsOf } from './fixtures';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const production: ReleaseRules = { environment: 'production', tags: semanticVersion };
const dev: ReleaseRules = { environment: 'dev', tags: semanticVersion };
const contract = loadContract(JSON.stringify(minimal()), 'aws.yaml');
const load = (data: unknown, rules = production, file = 'releases.yaml') => loadReleases(JSON.stringify(data), file, rules);
const image = (entry: unknown) => ({ images: { 'shop/api': entry } });

describe('releases that are right', () => {
  it('say tag, digest and pinned secret versions', () => {
    const secretVersions = { 'shop-api': 'uuid/1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', 'shop-web': '3' };
    const { files, data } = load({ ...image({ tag: 'v1.4.2', digest }), secretVersions });
    expect(files).toEqual(['releases.yaml']);
    expect(data).toEqual({ ...image({ tag: 'v1.4.2', digest }), secretVersions });
  });

  it('may use floating tags in dev', () => {
    expect(load(image({ tag: 'latest' }), dev).data.images['shop/api']).toEqual({ tag: 'latest' });
    const rules: ReleaseRules = { environment: 'dev', tags: serviceEnvironmentVersionCommit };
    expect(load({ images: { 'aeon-dt-api': { tag: 'aeon-dt-api-dev-latest' } } }, rules).data.secretVersions).toEqual({});
  });
});

describe('a release that is wrong', () => {
  const tag = 'images["shop/api"].tag';
  const refusals: readonly [name: string, data: unknown, path: string, found: string, expected: string, mend: string][] = [
    ['no tag', image({ digest }), tag, 'nothing', 'an image tag', 'add the key'],
    ['a tag alone', image('v1.4.2'), 'images["shop/api"]', 'a text', 'a mapping with tag, digest', 'correct'],
    ['a number', image({ tag: 1.1 }), tag, '1.1 (read as the number 1.1)', 'an image tag', 'in quotes'],
    ['a tag that no registry takes', image({ tag: 'a b' }), tag, '"a b"', 'an image tag', 'at most 128'],
    ['a tag with digest', image({ tag: `v1.4.2@${digest}` }), tag, '"v1.4.2@sha256', 'an image tag', 'use letters'],
    ['latest', image({ tag: 'latest' }), tag, '"latest", a floating tag', 'for production, as v1.4.2', 'may run other code tomorrow'],
    ['a minor version', image({ tag: '1.4' }), tag, '"1.4", a floating tag', 'as v1.4.2', 'release a version'],
    ['another form', image({ tag: 'main-a1b2c3d4' }), tag, '"main-a1b2c3d4"', 'for production, as v1.4.2', 'correct the tag'],
    ['a candidate', image({ tag: 'v1.5.0-rc.1' }), tag, '"v1.5.0-rc.1"', 'for production', 'correct the tag'],
    ['a short digest', image({ tag: 'v1.4.2', digest: 'sha256:abc' }), 'images["shop/api"].digest', '"sha256:abc"', '64 hex', 'copy'],
    [
      'an upper-case digest',
      image({ tag: 'v1.4.2', digest: digest.toUpperCase() }),
      'images["shop/api"].digest',
      '"SHA256',
      '64 hex',
      'copy',
    ],
    [
      'an unknown key',
      image({ tag: 'v1.4.2', diggest: 'x' }),
      'images["shop/api"].diggest',
      'an unknown key',
      'one of tag, digest',
      'spelling',
    ],
    [
      'an image with tag',
      { images: { 'shop/api:v1': { tag: 'v1.4.2' } } },
      'images["shop/api:v1"]',
      'the key "shop/api:v1"',
      'as authorworks/gateway',
      'no registry',
    ],
    [
      'an image in upper case',
      { images: { 'Shop/api': { tag: 'v1.4.2' } } },
      'images["Shop/api"]',
      'the key "Shop/api"',
      'the name of an image',
      'lower case',
    ],
    ['no images', {}, 'images', 'nothing', 'a mapping', 'add the key'],
    [
      'a stage for a version',
      { images: {}, secretVersions: { a: 'AWSCURRENT' } },
      'secretVersions.a',
      '"AWSCURRENT"',
      'a fixed version',
      'moves',
    ],
    [
      'a version without quotes',
      { images: {}, secretVersions: { a: 3 } },
      'secretVersions.a',
      '3 (read as',
      'a fixed version',
      'in quotes',
    ],
    [
      'a bad secret name',
      { images: {}, secretVersions: { A_b: '3' } },
      'secretVersions.A_b',
      'the key "A_b"',
      'the name of a Secret',
      'lower-case',
    ],
  ];

  it.each(refusals)('%s', (_, data, path, found, expected, mend) => {
    const problems = problemsOf(() => load(data));
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]!.found).toContain(found);
    expect(problems[0]!.expected).toContain(expected);
    expect(problems[0]!.mend).toContain(mend);
  });

  it('in staging may be no floating tag either', () => {
    expect(() => load(image({ tag: 'latest' }), { ...production, environment: 'staging' })).toThrow('"latest", a floating tag');
  });

  it("in dev may have no other environment's form", () => {
    const rules: ReleaseRules = { environment: 'dev', tags: serviceEnvironmentVersionCommit };
    const problems = problemsOf(() => load({ images: { 'aeon-dt-api': { tag: 'aeon-dt-api-prod-3.0.0-a1b2c3d4' } } }, rules));
    expect(problems).toMatchObject([{ expected: "a tag of the platform's form for dev, as aeon-dt-api-dev-3.0.0-a1b2c3d4" }]);
  });

  it('is reported with all others', () => {
    const data = { images: { 'shop/a': { tag: 'latest' }, 'shop/b': {}, 'shop/c': { tag: 'v1.0.0', digest: 'x' } }, extra: 1 };
    expect(
      problemsOf(() => load(data))
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['extra', 'images["shop/a"].tag', 'images["shop/b"].tag', 'images["shop/c"].digest']);
  });
});

describe('imageReference', () => {
  const registry = '111122223333.dkr.ecr.us-east-1.amazonaws.com';

  it('joins registry, image, tag and digest', () => {
    expect(imageReference(contract, load(image({ tag: 'v1.4.2' })), 'shop/api')).toBe(`${registry}/shop/api:v1.4.2`);
    expect(imageReference(contract, load(image({ tag: 'v1.4.2', digest })), 'shop/api')).toBe(`${registry}/shop/api:v1.4.2@${digest}`);
  });

  it('names file and entries when the image has none', () => {
    const releases = load(image({ tag: 'v1.4.2' }), production, 'overlays/shop/dev/releases.yaml');
    expect(() => imageReference(contract, releases, 'shop/apy')).toThrow(
      'overlays/shop/dev/releases.yaml: images has no entry "shop/apy"; there are: shop/api',
    );
    expect(() => imageReference(contract, releases, 'constructor')).toThrow('no entry "constructor"');
  });
});

describe('a region on top of an environment', () => {
  const base = load(
    { images: { 'shop/api': { tag: 'v1.4.2', digest }, 'shop/web': { tag: 'v2.0.0' } }, secretVersions: { a: '1', b: '1' } },
    production,
    'base.yaml',
  );
  const region = load({ images: { 'shop/api': { tag: 'v1.4.1' } }, secretVersions: { b: '2' } }, production, 'region.yaml');
  const both = layer(base, region);

  it('replaces whole entries, so that no tag gets the digest of another', () => {
    expect(releaseOf(both, 'shop/api')).toEqual({ tag: 'v1.4.1' });
    expect(releaseOf(both, 'shop/web')).toEqual({ tag: 'v2.0.0' });
    expect([secretVersion(both, 'a'), secretVersion(both, 'b'), secretVersion(both, 'c')]).toEqual(['1', '2', undefined]);
  });

  it('names both files in errors and changes neither', () => {
    expect(() => releaseOf(both, 'x')).toThrow('base.yaml, region.yaml: images has no entry "x"');
    expect(releaseOf(base, 'shop/api').digest).toBe(digest);
  });
});

describe('leftovers', () => {
  const releases = load({ images: { 'shop/web': { tag: 'v1.0.0' }, 'shop/api': { tag: 'v1.0.0' } }, secretVersions: { a: '1' } });

  it('are entries that nothing uses', () => {
    expect(unusedImages(releases, [])).toEqual(['shop/api', 'shop/web']);
    expect(unusedImages(releases, new Set(['shop/web', 'shop/other']))).toEqual(['shop/api']);
    expect(unusedSecretVersions(releases, [])).toEqual(['a']);
    expect(unusedSecretVersions(releases, ['a'])).toEqual([]);
  });
});
