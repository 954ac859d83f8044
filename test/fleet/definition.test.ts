import { expect, it } from 'vitest';
import { authorworks } from '../../apps/authorworks';
import { semanticVersion } from '../../charts/aws/tags';
import { clusters } from '../../fleet/clusters';
import { cluster } from '../../fleet/definition';
import { productionCluster } from '../../overlays/authorworks/production/cluster';

const props = { platform: authorworks, environment: 'production', props: productionCluster, overlays: [], tags: semanticVersion } as const;

it('a cluster is named after platform and environment, and reads that folder', () => {
  expect(cluster(props)).toMatchObject({ name: 'authorworks/production', releases: ['overlays/authorworks/production/releases.yaml'] });
});

it('a further region has a folder of its own, whose releases lie on top of its environment’s', () => {
  expect(cluster({ ...props, region: 'eu-west-1' })).toMatchObject({
    name: 'authorworks/production-eu-west-1',
    releases: ['overlays/authorworks/production/releases.yaml', 'overlays/authorworks/production-eu-west-1/releases.yaml'],
  });
});

it('the fleet lists each cluster once', () => {
  const names = clusters.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
