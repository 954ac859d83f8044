import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, documentsOf } from './documents';

/** A source of an Argo CD Application. */
export interface Source {
  readonly repoURL?: string;
  readonly chart?: string;
  readonly path?: string;
}

/** What an upstream chart or git folder brings: the file of custom resource definitions, or none. Extend it with each component. */
const UPSTREAM: readonly { readonly source: Source; readonly crds: string | undefined }[] = [
  { source: { chart: 'external-secrets' }, crds: 'external-secrets' },
  {
    source: { repoURL: 'https://github.com/prometheus-operator/prometheus-operator.git', path: 'example/prometheus-operator-crd' },
    crds: 'prometheus-operator',
  },
];

/** Definitions that stand before any Application is applied: those of Argo CD itself. */
export const ARGO_CD = 'argo-cd';

/** All definitions that stand before any Application is applied: those, and what dist takes for given until a component brings it. */
export const GIVEN: readonly string[] = [ARGO_CD, 'gateway-api', 'linkerd-crds'];

/**
 * The name of the file with the definitions that an upstream source brings, if it brings any.
 * @throws an Error when the source is not listed
 */
export function crdsOf(source: Source): string | undefined {
  const entry = UPSTREAM.find(({ source: known }) =>
    (['repoURL', 'chart', 'path'] as const).every((key) => known[key] === undefined || known[key] === source[key]),
  );
  if (entry !== undefined) return entry.crds;
  throw new Error(
    `${JSON.stringify(source)} is a source that the harness does not know; say in test/e2e/harness/crds.ts which definitions it brings, if any`,
  );
}

/**
 * The folder of definitions for a version line: `$CRDS_DIR/<line>`.
 * @throws an Error that says how to get one
 */
export function crdsFolder(line: string, repository: string): string {
  const parent = process.env.CRDS_DIR ?? join(repository, '../shared/crds');
  const folder = join(parent, line);
  if (existsSync(folder)) return folder;
  throw new Error(
    `${folder} does not exist. Set CRDS_DIR to a folder with ${line}/<component>.yaml; docs/testing-e2e.md says how to collect it.`,
  );
}

/**
 * The definitions of a component.
 * @throws an Error that names the missing file
 */
export function readCrds(folder: string, component: string): readonly Document[] {
  const file = join(folder, `${component}.yaml`);
  if (!existsSync(file)) throw new Error(`${file} does not exist; docs/testing-e2e.md says how to collect it.`);
  return documentsOf(file, readFileSync(file, 'utf8'));
}
