import { authorworks } from '../apps/authorworks';
import { semanticVersion } from '../charts/aws/tags';
import { devCluster } from '../overlays/authorworks/dev/cluster';
import { dev } from '../overlays/authorworks/dev/overlay';
import { productionCluster } from '../overlays/authorworks/production/cluster';
import { production } from '../overlays/authorworks/production/overlay';
import { stagingCluster } from '../overlays/authorworks/staging/cluster';
import { staging } from '../overlays/authorworks/staging/overlay';
import { type ClusterDefinition, cluster } from './definition';

/** Every cluster of the fleet. Nothing is rendered that is not listed here. */
export const clusters: readonly ClusterDefinition[] = [
  cluster({ platform: authorworks, environment: 'dev', props: devCluster, overlays: [dev], tags: semanticVersion }),
  cluster({ platform: authorworks, environment: 'staging', props: stagingCluster, overlays: [staging], tags: semanticVersion }),
  cluster({ platform: authorworks, environment: 'production', props: productionCluster, overlays: [production], tags: semanticVersion }),
];
