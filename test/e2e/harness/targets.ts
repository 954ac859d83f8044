import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, connect } from './client';
import { type ControlPlane, startControlPlane } from './control-plane';
import { serverOf } from './kubeconfig';
import { lineOf } from './lines';

/** What a test runs against. `main.ts` finds them and hands them on in the environment, as JSON. */
export type Target =
  | { readonly name: string; readonly binaries: string }
  | { readonly name: string; readonly kubeconfig: string; readonly context: string };

/** An empty cluster for one test file. */
export interface TestCluster {
  readonly client: Client;
  /** As `v1.28.15`. */
  readonly version: string;
  readonly line: ReturnType<typeof lineOf>;
  /** Absent for a cluster of somebody else, which cannot reach a webhook on our loopback. */
  readonly own?: ControlPlane;
  stop(): Promise<void>;
}

/** The top of the repository. */
export const REPOSITORY = join(__dirname, '../../..');

/** @throws an Error when vitest was started without `npm run test:e2e` */
export function targets(): readonly Target[] {
  const { E2E_TARGETS } = process.env;
  if (E2E_TARGETS === undefined) throw new Error('Start these tests with `npm run test:e2e`: it finds a control plane for them.');
  return JSON.parse(E2E_TARGETS) as Target[];
}

/** The targets that are programs of our own: tests of the harness itself need them, and leave a mess. */
export function ownTargets(): readonly (Target & { readonly binaries: string })[] {
  return targets().flatMap((target) => ('binaries' in target ? [target] : []));
}

/** Clusters of dist, as `dist/authorworks/dev`; those of `--cluster` where it is given. */
export function distClusters(): readonly string[] {
  const only = process.env.E2E_CLUSTERS?.split(',').map((name) => `dist/${name}`);
  const all = readdirSync(join(REPOSITORY, 'dist'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.name === 'bootstrap.yaml')
    .map((entry) => entry.parentPath.slice(REPOSITORY.length + 1))
    .sort();
  const unknown = only?.filter((name) => !existsSync(join(REPOSITORY, name, 'bootstrap.yaml')));
  if (unknown !== undefined && unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such cluster; there are ${all.join(', ')}`);
  return only ?? all;
}

/**
 * Starts or connects to a target.
 * @throws an Error when a cluster of somebody else is not empty
 */
export async function open(target: Target): Promise<TestCluster> {
  if ('binaries' in target) {
    const own = await startControlPlane(target.binaries);
    return { client: own.client, version: own.version, line: lineOf(own.version), own, stop: own.stop };
  }
  const client = connect(serverOf(target.kubeconfig, target.context));
  const { body } = await client.request('GET', '/api/v1/namespaces');
  const names = (body.items as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
  const foreign = names.filter((name) => name !== 'default' && !name.startsWith('kube-') && name !== 'local-path-storage');
  if (foreign.length > 0) {
    throw new Error(
      `context ${target.context} is in use: it has the namespaces ${foreign.join(', ')}. This suite wants an empty cluster that may be thrown away.`,
    );
  }
  const version: string = (await client.request('GET', '/version')).body.gitVersion;
  return { client, version, line: lineOf(version), stop: async () => client.close() };
}
