import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ClusterFacts } from '../../../checks/facts';
import { runChecks } from '../../../checks/run';
import { clusters } from '../../../fleet/clusters';
import type { ClusterDefinition } from '../../../fleet/definition';
import { findingText } from '../../../fleet/finding-text';
import { renderCluster } from '../../../fleet/render';
import { readData } from '../../../fleet/synth';
import { lineOf } from './lines';
import { distClusters, REPOSITORY, type Target } from './targets';

/** A cluster as it is tried on a server: as dist has it, or moved to another line by the one field that says so. */
export interface Case {
  readonly title: string;
  /** Its folder, as `dist/authorworks/dev`. */
  readonly cluster: string;
  readonly definition: ClusterDefinition;
  /** Whether it is rendered for this run alone, because dist has another line of it. */
  readonly moved: boolean;
}

/** Manifests of a case, where a plan can follow them. */
export interface Laid {
  /** What the paths of Applications are relative to. */
  readonly root: string;
  readonly facts: ClusterFacts;
  /** What the project's own checks have against it. */
  readonly findings: readonly string[];
  /** Removes what was written for this run. */
  remove(): void;
}

/** The cluster that is rendered for every line. */
const MOVING = 'dist/authorworks/staging';

/** Every cluster of dist; on a server of another line than its own one of them also as it would be there. */
export function casesOn(target: Target): readonly Case[] {
  return distClusters().flatMap((cluster) => {
    const definition = definitionOf(cluster);
    const asIs: Case = { title: cluster, cluster, definition, moved: false };
    // A cluster of somebody else has room for one.
    const kubernetes = 'binaries' in target ? lineOf(target.name) : definition.props.kubernetes;
    if (cluster !== MOVING || kubernetes === definition.props.kubernetes) return [asIs];
    const there: ClusterDefinition = { ...definition, props: { ...definition.props, kubernetes } };
    return [asIs, { title: `${cluster} on ${kubernetes}`, cluster, definition: there, moved: true }];
  });
}

/**
 * The manifests of a case: those of dist, or rendered anew into a temporary folder.
 * @throws when it does not render
 */
export function lay({ definition, moved }: Case): Laid {
  const { files, objects, facts } = renderCluster(definition, readData(REPOSITORY, definition));
  const findings = runChecks(objects, facts).findings.filter(({ severity }) => severity === 'error');
  const about = { facts, findings: findings.map(findingText) };
  if (!moved) return { root: REPOSITORY, ...about, remove: () => {} };
  const root = mkdtempSync(join(tmpdir(), 'fleet-manifests-moved-'));
  for (const { path, text } of files) {
    const file = join(root, 'dist', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { root, ...about, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** @throws an Error for a folder that the fleet does not list */
function definitionOf(cluster: string): ClusterDefinition {
  const definition = clusters.find(({ name }) => `dist/${name}` === cluster);
  if (definition === undefined) throw new Error(`${cluster} is not in fleet/clusters.ts`);
  return definition;
}
