import type { Component, Release } from './entry';
import { compareVersions, describeRange, releaseFor } from './select';

/** A component of a cluster, in the release that it runs. */
export interface Chosen {
  readonly component: Component;
  readonly release: Release;
}

/** Releases of components that a cluster runs. @throws as {@link releaseFor} does */
export function choose(
  components: readonly Component[],
  cluster: { readonly name: string; readonly kubernetes: string },
): readonly Chosen[] {
  return components.map((component) => ({ component, release: releaseFor(component, cluster) }));
}

/** What people should know of the releases that a cluster runs, although it renders: one sentence each, sorted. */
export function noticesOf(chosen: readonly Chosen[]): readonly string[] {
  return chosen
    .flatMap(({ component, release }) => [
      ...(component.retired === undefined ? [] : [`${component.name}: ${component.retired}`]),
      ...(release.endOfLife === undefined ? [] : [`${component.name} ${release.version}: ${release.endOfLife}`]),
      ...(release.kubernetes.stated === false
        ? [
            `${component.name} ${release.version}: upstream does not state which Kubernetes versions it supports (${release.kubernetes.source}).`,
          ]
        : []),
      ...(release.requires ?? [])
        .filter(({ exception }) => exception !== undefined)
        .flatMap(({ component: name, from, to, exception }) => {
          const other = chosen.find((each) => each.component.name === name);
          if (other === undefined || within(other.release.version, from, to)) return [];
          return [
            `${component.name} ${release.version}: upstream states ${name} ${from} to ${to}, here it is ${other.release.version}. ${exception}`,
          ];
        }),
    ])
    .sort();
}

/**
 * Refuses a set of components that do not fit together: one that another requires is missing, or has a version outside the stated
 * range without a reason in the catalogue.
 * @throws with every such pair
 */
export function requireCompatible(chosen: readonly Chosen[], cluster: string): void {
  const problems = chosen.flatMap(({ component, release }) =>
    (release.requires ?? []).flatMap(({ component: name, from, to, source, exception }) => {
      const other = chosen.find((each) => each.component.name === name);
      if (other === undefined) return [`${component.name} ${release.version} needs ${name}, which the cluster does not have.`];
      if (exception !== undefined || within(other.release.version, from, to)) return [];
      return [
        `${component.name} ${release.version} needs ${name} ${from} to ${to} (${source}), but ${describeRange(other.release.kubernetes)} gets ${other.release.version}.`,
      ];
    }),
  );
  if (problems.length === 0) return;
  throw new Error(
    `overlays/${cluster}/cluster.ts: its components do not fit together:\n${problems.map((problem) => `  ${problem}`).join('\n')}\n` +
      'Take releases that do, or state an `exception` with its reason in charts/catalogue/components/.',
  );
}

function within(version: string, from: string, to: string): boolean {
  return compareVersions(from, version) <= 0 && compareVersions(version, to) <= 0;
}
