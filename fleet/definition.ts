import type { TagRule } from '../charts/aws/tags';
import type { ClusterProps } from '../charts/cluster';
import type { EnvironmentName } from '../charts/overlay/value';
import type { Overlay, Platform } from '../charts/workload/platform';
import type { AnyOverlay } from '../charts/workload/resolve';

/** One cluster of the fleet: which platform runs there, and what differs there. */
export interface ClusterDefinition {
  /** `authorworks/production`: its folder in dist, and in overlays. */
  readonly name: string;
  readonly platform: Platform;
  readonly environment: EnvironmentName;
  /** Region beside the environment's first one. @default - the first one */
  readonly region?: string;
  /** What is true of the cluster itself. */
  readonly props: ClusterProps;
  /** Laid on the base in this order: the environment's, then the region's. */
  readonly overlays: readonly AnyOverlay[];
  /** Files under overlays/ with releases, in the same order. */
  readonly releases: readonly string[];
  /** Form of the platform's image tags. */
  readonly tags: TagRule;
}

/** What a cluster's definition states; the rest follows from it. */
export interface ClusterDefinitionProps<P extends Platform> {
  readonly platform: P;
  readonly environment: EnvironmentName;
  /** A region beside the environment's first one. @default - the first one */
  readonly region?: string;
  readonly props: ClusterProps;
  readonly overlays: readonly Overlay<P>[];
  readonly tags: TagRule;
}

/** A cluster whose overlays are checked against its platform. A region's releases lie on top of its environment's. */
export function cluster<P extends Platform>(definition: ClusterDefinitionProps<P>): ClusterDefinition {
  const { platform, environment, region, props, overlays, tags } = definition;
  const base = `${platform.name}/${environment}`;
  const name = region === undefined ? base : `${base}-${region}`;
  return {
    name,
    platform,
    environment,
    ...(region === undefined ? {} : { region }),
    props,
    // Checked against the platform above; rendering knows workloads only by their keys.
    overlays: overlays as readonly AnyOverlay[],
    releases: [`overlays/${base}/releases.yaml`, ...(region === undefined ? [] : [`overlays/${name}/releases.yaml`])],
    tags,
  };
}
