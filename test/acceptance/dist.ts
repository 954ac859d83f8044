import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { repository } from './project';

/** An object as it stands in dist. Loosely typed: tests ask for places that Kubernetes defines, and a missing one fails them. */
// biome-ignore lint/suspicious/noExplicitAny: what is read back is compared, never used
export type Rendered = any;

/** The environments of authorworks, each one cluster. */
export const ENVIRONMENTS = ['dev', 'staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** The namespace of authorworks' workloads; components stand in others. */
export const PRODUCT = 'authorworks';

const read = new Map<Environment, readonly Rendered[]>();

/** Every object of a cluster's folder in dist, read with another YAML library than the one that wrote it. */
export function objectsOf(environment: Environment): readonly Rendered[] {
  const known = read.get(environment);
  if (known !== undefined) return known;
  const folder = join(repository, 'dist/authorworks', environment);
  const objects = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => parseAllDocuments(readFileSync(join(entry.parentPath, entry.name), 'utf8')))
    .map((document) => {
      if ('errors' in document && document.errors.length > 0) throw document.errors[0];
      return 'toJS' in document ? document.toJS() : undefined;
    });
  read.set(environment, objects);
  return objects;
}

/** Every object of a kind in a cluster. */
export function allOf(environment: Environment, kind: string): readonly Rendered[] {
  return objectsOf(environment).filter((object) => object.kind === kind);
}

/** The one object of a kind and name in a cluster, or in one of its namespaces. */
export function only(environment: Environment, kind: string, name: string, namespace?: string): Rendered {
  const named = allOf(environment, kind).filter(({ metadata }) => metadata.name === name);
  const found = named.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
  if (found.length !== 1) throw new Error(`${environment} has ${found.length} ${kind} ${name}; the test expects one.`);
  return found[0];
}

/** The container that bears its workload's name. */
export function containerOf(environment: Environment, workload: string): Rendered {
  const { containers } = only(environment, 'Deployment', workload).spec.template.spec;
  return containers.find(({ name }: Rendered) => name === workload);
}

/** Environment variables with a plain value, by name. */
export function envOf(container: Rendered): Readonly<Record<string, string>> {
  return Object.fromEntries((container.env ?? []).map(({ name, value }: Rendered) => [name, value]));
}

/** Pod templates of everything that runs pods, with their owner. */
export function podsOf(environment: Environment): readonly { readonly owner: Rendered; readonly template: Rendered }[] {
  return objectsOf(environment).flatMap((owner) => {
    const template = owner.kind === 'CronJob' ? owner.spec.jobTemplate.spec.template : owner.spec?.template;
    return template?.spec?.containers === undefined ? [] : [{ owner, template }];
  });
}

/** Is an object one of authorworks' own, beside the components that every cluster has? */
export const isProduct = ({ metadata }: Rendered): boolean => metadata.namespace === PRODUCT;

/** Namespace and name of an object, as `authorworks/authorworks-gateway`. */
export const placeOf = ({ metadata }: Rendered): string => `${metadata.namespace}/${metadata.name}`;

/** The values that an Application gives to its upstream chart. */
export function valuesOf(environment: Environment, application: string): Rendered {
  return only(environment, 'Application', application).spec.source.helm.valuesObject;
}

/** What the AWS layer provides to a cluster. */
export function contractOf(environment: Environment): Rendered {
  return parse(readFileSync(join(repository, `overlays/authorworks/${environment}/aws.yaml`), 'utf8'));
}

/** Every map in a value, at any depth, itself first. */
export function mapsIn(value: unknown): readonly Rendered[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(mapsIn);
  return Array.isArray(value) ? below : [value, ...below];
}

/** The argument `--name=value` of a container. */
export function argumentOf(container: Rendered, name: string): string | undefined {
  return container.args.find((text: string) => text.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/** The wave in which Argo CD first syncs an Application, or an object of one. */
export function waveOf({ metadata }: Rendered): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}
