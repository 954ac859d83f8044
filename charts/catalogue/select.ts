import type { Component, ImageReference, MinorRange, Release } from './entry';

/** What a cluster says of itself when it asks the catalogue. */
interface Asker {
  /** `authorworks/production`, for messages. */
  readonly name: string;
  /** Kubernetes minor, as `1.28`. */
  readonly kubernetes: string;
}

/**
 * The release of a component that a cluster runs: the newest one whose range holds the cluster's Kubernetes minor.
 * @throws when no release is meant for that minor
 */
export function releaseFor(component: Component, cluster: Asker): Release {
  const found = component.releases.find(({ kubernetes }) => holds(kubernetes, cluster.kubernetes));
  if (found !== undefined) return found;
  const stated = component.releases.map(({ version, kubernetes }) => `${version} for ${describeRange(kubernetes)}`).join(', ');
  throw new Error(
    `overlays/${cluster.name}/cluster.ts: kubernetes is '${cluster.kubernetes}', but no release of ${component.name} in the catalogue is meant for it: ${stated}. ` +
      `Take another minor, or add a release to charts/catalogue/components/${component.name}.ts.`,
  );
}

/** Does a range of minors hold this one? */
export function holds({ from, to }: MinorRange, kubernetes: string): boolean {
  return (from === undefined || compareVersions(from, kubernetes) <= 0) && (to === undefined || compareVersions(kubernetes, to) <= 0);
}

/** Negative when `a` is older than `b`, 0 when they are the same, positive when it is newer; `1.9` is older than `1.10`. A `v` or `edge-` in front says nothing. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) =>
    text
      .replace(/^(v|edge-)/, '')
      .split(/[.-]/)
      .map(Number),
  ) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `1.28 to 1.32`, `1.27 and newer`. */
export function describeRange({ from, to }: MinorRange): string {
  if (from === undefined) return to === undefined ? 'any Kubernetes' : `Kubernetes ${to} and older`;
  if (to === undefined) return `Kubernetes ${from} and newer`;
  return from === to ? `Kubernetes ${from}` : `Kubernetes ${from} to ${to}`;
}

/**
 * An image of a release, as containers name it: with its digest where the catalogue has one.
 * @throws when the release has no image in that role
 */
export function imageOf(component: Component, release: Release, role: string): string {
  const image: ImageReference | undefined = release.images?.[role];
  if (image === undefined) {
    const known = Object.keys(release.images ?? {}).join(', ') || 'none';
    throw new Error(
      `charts/catalogue/components/${component.name}.ts: ${release.version} has no image "${role}"; it has ${known}. Add it.`,
    );
  }
  return `${image.name}:${image.tag}${image.digest === undefined ? '' : `@${image.digest}`}`;
}
