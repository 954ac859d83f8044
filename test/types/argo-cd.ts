/**
 * What the types of Argo CD's kinds promise: that `@kubernetes-models/argo-cd` is found and is not silently `any`, and that the fields that we
 * write are there. Compiled by `npm run typecheck`, never run; tsc reports a `@ts-expect-error` that hides no error, so each guards itself.
 */
import type { Construct } from 'constructs';
import { Application, type ApplicationSpec, type AppProjectSpec, application, appProject, customResource } from '../../imports';

declare const scope: Construct;
const metadata = { name: 'gateway', namespace: 'argocd', finalizers: ['resources-finalizer.argocd.argoproj.io'] };

/** True only for `any`: everything intersected with `any` is `any`. */
type IsAny<T> = 0 extends 1 & T ? true : false;
export const typed: readonly [IsAny<ApplicationSpec>, IsAny<ApplicationSpec['source']>, IsAny<AppProjectSpec>] = [false, false, false];

const required = {
  project: 'authorworks',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'authorworks' },
} satisfies ApplicationSpec;

export const everything: ApplicationSpec = {
  ...required,
  source: {
    repoURL: 'https://github.com/example/fleet.git',
    targetRevision: 'main',
    path: 'dist/authorworks/production/gateway',
    directory: { recurse: false, include: '*.yaml', exclude: 'values.yaml' },
  },
  sources: [
    {
      repoURL: 'https://charts.example.com',
      chart: 'cert-manager',
      targetRevision: 'v1.16.5',
      helm: { valuesObject: { crds: { enabled: true } } },
    },
  ],
  syncPolicy: {
    automated: { prune: true, selfHeal: true, allowEmpty: false },
    syncOptions: ['ServerSideApply=true', 'CreateNamespace=true', 'RespectIgnoreDifferences=true'],
    retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
  },
  ignoreDifferences: [
    {
      group: 'apps',
      kind: 'Deployment',
      name: 'gateway',
      namespace: 'authorworks',
      jsonPointers: ['/spec/replicas'],
      jqPathExpressions: ['.spec.template'],
      managedFieldsManagers: ['kube-controller-manager'],
    },
  ],
  revisionHistoryLimit: 10,
  info: [{ name: 'runbook', value: 'https://example.com' }],
};

export const project: AppProjectSpec = {
  description: 'authorworks',
  sourceRepos: ['https://github.com/example/fleet.git'],
  sourceNamespaces: ['argocd'],
  destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'authorworks' }],
  clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
  clusterResourceBlacklist: [],
  namespaceResourceWhitelist: [{ group: 'apps', kind: 'Deployment' }],
  namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
  orphanedResources: { warn: true, ignore: [{ group: '', kind: 'Secret', name: 'tls-*' }] },
  roles: [
    {
      name: 'developer',
      description: 'syncs',
      policies: ['p, proj:authorworks:developer, applications, get, authorworks/*, allow'],
      groups: ['dev'],
    },
  ],
  syncWindows: [
    {
      kind: 'deny',
      schedule: '0 22 * * *',
      duration: '8h',
      timeZone: 'UTC',
      applications: ['*'],
      namespaces: ['*'],
      clusters: ['*'],
      manualSync: true,
    },
  ],
};

// @ts-expect-error wrong field
export const wrongField: ApplicationSpec = { ...required, sorce: {} };
// @ts-expect-error wrong type
export const wrongType: ApplicationSpec = { ...required, revisionHistoryLimit: '10' };
// @ts-expect-error required field missing: destination
export const noDestination: ApplicationSpec = { project: 'authorworks' };
// @ts-expect-error wrong field, deep inside
export const deepField: ApplicationSpec = { ...required, source: { repoURL: 'x', directory: { recursive: true } } };
// @ts-expect-error wrong type, deep inside
export const deepType: ApplicationSpec = { ...required, syncPolicy: { automated: { prune: 'true' } } };
// @ts-expect-error wrong field inside a list
export const listField: ApplicationSpec = { ...required, ignoreDifferences: [{ kind: 'Deployment', jsonPointer: ['/spec'] }] };
// @ts-expect-error wrong field of a project
export const wrongProject: AppProjectSpec = { destination: [] };
// @ts-expect-error wrong type in a project
export const wrongWindow: AppProjectSpec = { syncWindows: [{ kind: 'deny', manualSync: 'yes' }] };
// @ts-expect-error required field missing: name of a role
export const wrongRole: AppProjectSpec = { roles: [{ policies: [] }] };

application(scope, 'application', { metadata, spec: everything });
customResource(scope, 'application', Application, { metadata, spec: everything });
appProject(scope, 'project', { metadata, spec: project });
// @ts-expect-error a project is not an application
application(scope, 'application', { metadata, spec: project });
// @ts-expect-error name missing
appProject(scope, 'project', { metadata: { namespace: 'argocd' }, spec: project });
// @ts-expect-error readonly
everything.project = 'default';
