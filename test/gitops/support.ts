import { App, Chart } from 'cdk8s';
import { type GitOpsFacts, type GitOpsPolicy, type GitOpsProps, gitops, type Unit } from '../../charts/gitops';
import type { KubeObject } from '../../synth/object';

export const facts: GitOpsFacts = {
  cluster: 'shop/production',
  repositories: { platform: 'git@example.com:shop/infrastructure.git', workloads: 'git@example.com:shop/applications.git' },
  groups: { admin: ['shop-admins'], developer: ['shop-developers'], readOnly: ['shop-readers'] },
};

export const dev: GitOpsPolicy = {
  branch: 'develop',
  platform: { sync: 'automatic', prune: true, selfHeal: true },
  workloads: { sync: 'automatic', prune: true, selfHeal: true },
  pruneConfirm: false,
  finalizer: true,
  developers: 'sync',
};

export const production: GitOpsPolicy = {
  branch: 'main',
  platform: { sync: 'automatic', prune: true, selfHeal: true },
  workloads: { sync: 'manual' },
  pruneConfirm: true,
  finalizer: false,
  developers: 'read',
  syncWindows: [{ kind: 'allow', schedule: '0 8 * * 1-4', duration: '8h', timeZone: 'America/New_York', manualSync: true }],
};

/** A unit of the platform tier that needs and provides nothing; it renders one cluster-scoped object, unless told otherwise. */
export function unit(name: string, given: Partial<Unit> = {}): Unit {
  const upstream = given.source !== undefined && given.source.kind !== 'rendered';
  return {
    name,
    tier: 'platform',
    project: 'platform',
    namespace: 'kube-system',
    provides: [],
    needs: [],
    source: { kind: 'rendered' },
    objects: upstream ? [] : [object('rbac.authorization.k8s.io/v1', 'ClusterRole', name)],
    ...given,
  };
}

/** A unit of the workloads tier: one Deployment in the namespace `shop`, which must be provided. */
export function workload(name: string, given: Partial<Unit> = {}): Unit {
  return unit(name, {
    tier: 'workloads',
    project: 'shop',
    namespace: 'shop',
    objects: [object('apps/v1', 'Deployment', name, 'shop')],
    ...given,
  });
}

export const namespaces = unit('namespaces', { stage: 'namespaces', objects: [object('v1', 'Namespace', 'shop')] });

export function object(apiVersion: string, kind: string, name: string, namespace?: string, rest: Record<string, unknown> = {}): KubeObject {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...rest } as KubeObject;
}

// biome-ignore lint/suspicious/noExplicitAny: rendered objects are read here field by field
export type Rendered = any;

/** All objects that `gitops` adds, per chart. */
export function render(
  units: readonly Unit[],
  policy: GitOpsPolicy = dev,
  props: Partial<GitOpsProps> = {},
): Record<'platform' | 'workloads' | 'bootstrap', Rendered[]> {
  const app = new App();
  const charts = { platform: new Chart(app, 'platform'), workloads: new Chart(app, 'workloads'), bootstrap: new Chart(app, 'bootstrap') };
  gitops(charts, { facts, policy, units, ...props });
  return { platform: charts.platform.toJson(), workloads: charts.workloads.toJson(), bootstrap: charts.bootstrap.toJson() };
}

/** The one object of a kind and name among rendered objects. */
export function find(objects: readonly Rendered[], kind: string, name: string): Rendered {
  const found = objects.filter((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects ${kind} ${name}`);
  return found[0];
}
