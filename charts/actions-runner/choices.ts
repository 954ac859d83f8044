import type { NamespaceProps } from '../namespaces/chart';
import type { Resources } from '../workload/props';

/** Runners of one kind: workflows ask for them by `runs-on: <name>`. */
export interface RunnerSet {
  /** Lower-case letters, digits and hyphens, up to 45. */
  readonly name: string;
  /** Repository, organization or enterprise that may use them, as `https://github.com/authorworks`. */
  readonly url: string;
  /** Runner group of the organization. @default - GitHub's `default` */
  readonly group?: string;
  /** Runners that wait for work. @default 0 */
  readonly min?: number;
  /** Most runners at one time. */
  readonly max: number;
  readonly resources: Resources;
  /** Space for checkouts and caches of one job. @default '10Gi' */
  readonly workspace?: string;
  /** Node group that they run on. @default - the cluster's first */
  readonly nodeGroup?: string;
}

/** Choices for GitHub Actions runners in a cluster. */
export interface ActionsRunnerChoices {
  readonly sets: readonly [RunnerSet, ...RunnerSet[]];
  /** The GitHub App that registers runners: a secret by its name in the contract, JSON with `appId`, `installationId` and `privateKey`. @default 'github-runners' */
  readonly secret?: string;
  /** What all runners may request together. */
  readonly quota: NamespaceProps['quota'];
}

/**
 * Refuses sets that cannot run side by side.
 * @throws naming every set at fault
 */
export function checkRunnerSets({ sets, quota }: ActionsRunnerChoices, cluster: string): void {
  const where = `overlays/${cluster}/cluster.ts`;
  const names = sets.map(({ name }) => name);
  const problems = sets.flatMap(({ name, url, min = 0, max }, index) => [
    ...(/^[a-z]([a-z0-9-]{0,43}[a-z0-9])?$/.test(name)
      ? []
      : [`"${name}" cannot be a name; use up to 45 small letters, digits and hyphens.`]),
    ...(names.indexOf(name) === index ? [] : [`${name} is there twice; give each set a name of its own.`]),
    ...(/^https:\/\/[\w.-]+\/[\w.-]+(\/[\w.-]+)?$/.test(url)
      ? []
      : [`${name} has url "${url}"; expected a repository, organization or enterprise, as https://github.com/authorworks.`]),
    ...(Number.isInteger(min) && Number.isInteger(max) && 0 <= min && min <= max && max >= 1
      ? []
      : [`${name} has min ${min} and max ${max}; expected whole numbers, min from 0 up to max.`]),
  ]);
  const most = sets.reduce((sum, { max }) => sum + max, 0);
  if (most > quota.pods)
    problems.push(`the sets want up to ${most} runners, but their quota is ${quota.pods} pods; raise it, or lower max.`);
  if (problems.length > 0) throw new Error(`${where}: runner sets:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}
