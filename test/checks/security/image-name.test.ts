import { expect, test } from 'vitest';
import { isFloatingTag, parseImage } from '../../../checks/security/image-name';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['nginx', { repository: 'nginx' }],
  ['library/nginx:1.25', { repository: 'library/nginx', tag: '1.25' }],
  ['ghcr.io/team/app:v1', { registry: 'ghcr.io', repository: 'team/app', tag: 'v1' }],
  ['localhost:5000/app', { registry: 'localhost:5000', repository: 'app' }],
  [`ghcr.io/app:v1@${DIGEST}`, { registry: 'ghcr.io', repository: 'app', tag: 'v1', digest: DIGEST }],
])('%s is taken apart', (image, parts) => {
  const { registry, repository, tag, digest } = parseImage(image)!;
  expect({ registry, repository, tag, digest }).toEqual({ registry: undefined, tag: undefined, digest: undefined, ...parts });
});

test.each(['', 'UPPER/case', 'a b', 'app:', 'app@sha256:abc', 'https://ghcr.io/app', '/app', 'app:-x'])('%s is no image', (image) => {
  expect(parseImage(image)).toBeUndefined();
});

test('tags float by name, in any case', () => {
  expect(['latest', 'Latest', 'main', 'stable'].map(isFloatingTag)).toEqual([true, true, true, true]);
  expect(['1.4.2', 'main-abc1234', 'latest-2024'].map(isFloatingTag)).toEqual([false, false, false]);
});
