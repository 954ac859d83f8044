import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, documentsOf } from './documents';

/** A source of an Argo CD Application. */
export interface Source {
  readonly repoURL?: string;
  readonly chart?: string;
  readonly path?: string;
  readonly helm?: { readonly valuesObject?: { readonly installCRDs?: boolean } };
}

const github = (repository: string, path: string): Source => ({ repoURL: `https://github.com/${repository}.git`, path });

/** What an upstream chart or git folder brings: the file of custom resource definitions, or none. Extend it with each component. */
const UPSTREAM: readonly { readonly source: Source; readonly crds: string | undefined }[] = [
  { source: github('actions/actions-runner-controller', 'charts/gha-runner-scale-set-controller/crds'), crds: 'actions-runner-controller' },
  { source: github('argoproj/argo-cd', 'manifests/crds'), crds: 'argo-cd' },
  { source: github('argoproj/argo-rollouts', 'manifests/crds'), crds: 'argo-rollouts' },
  { source: github('external-secrets/external-secrets', 'config/crds/bases'), crds: 'external-secrets' },
  { source: github('kedacore/keda', 'config/crd'), crds: 'keda' },
  { source: github('kubernetes-csi/external-snapshotter', 'client/config/crd'), crds: 'external-snapshotter' },
  // Nothing here is of its kinds, so no definitions are collected.
  { source: github('kubernetes-sigs/aws-load-balancer-controller', 'config/crd'), crds: undefined },
  { source: github('kubernetes-sigs/gateway-api', 'config/crd/standard'), crds: 'gateway-api' },
  { source: github('prometheus-operator/prometheus-operator', 'example/prometheus-operator-crd'), crds: 'prometheus-operator' },
  { source: github('vmware-tanzu/helm-charts', 'charts/velero/crds'), crds: 'velero' },
  { source: { chart: 'external-secrets', helm: { valuesObject: { installCRDs: false } } }, crds: undefined },
  { source: { chart: 'external-secrets' }, crds: 'external-secrets' },
  { source: { chart: 'linkerd-crds' }, crds: 'linkerd-crds' },
  // Charts whose definitions other Applications bring.
  ...[
    'argo-cd',
    'argo-rollouts',
    'gha-runner-scale-set',
    'gha-runner-scale-set-controller',
    'keda',
    'linkerd-control-plane',
    'linkerd2-cni',
    'trust-manager',
    'velero',
  ].map((chart) => ({ source: { chart }, crds: undefined })),
];

/** The definitions in files of a release, which a `kustomization.yaml` names; each address up to its tag. */
const FILES: readonly { readonly url: RegExp; readonly crds: string }[] = [
  { url: /^https:\/\/github\.com\/cert-manager\/cert-manager\/releases\/download\/[^/]+\/cert-manager\.crds\.yaml$/, crds: 'cert-manager' },
  {
    url: /^https:\/\/raw\.githubusercontent\.com\/cert-manager\/trust-manager\/[^/]+\/deploy\/crds\/trust\.cert-manager\.io_bundles\.yaml$/,
    crds: 'trust-manager',
  },
];

/** Definitions that stand before any Application is applied: those of Argo CD itself. */
export const GIVEN: readonly string[] = ['argo-cd'];

/**
 * The name of the file with the definitions that an upstream source brings, if it brings any.
 * @throws an Error when the source is not listed
 */
export function crdsOf(source: Source): string | undefined {
  const installs = ({ helm }: Source) => helm?.valuesObject?.installCRDs;
  const entry = UPSTREAM.find(
    ({ source: known }) =>
      (['repoURL', 'chart', 'path'] as const).every((key) => known[key] === undefined || known[key] === source[key]) &&
      (installs(known) === undefined || installs(known) === installs(source)),
  );
  if (entry !== undefined) return entry.crds;
  throw unknown(JSON.stringify(source), 'source');
}

/**
 * The name of the file with the definitions at an address that a `kustomization.yaml` names.
 * @throws an Error when the address is not listed
 */
export function crdsAt(url: string): string {
  const entry = FILES.find((each) => each.url.test(url));
  if (entry !== undefined) return entry.crds;
  throw unknown(url, 'file');
}

const unknown = (what: string, kind: string) =>
  new Error(`${what} is a ${kind} that the harness does not know; say in test/e2e/harness/crds.ts which definitions it brings, if any`);

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
