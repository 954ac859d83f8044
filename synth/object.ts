/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object; a member that is `undefined` is left out when it is written. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** The part of `metadata` that this project reads; everything else is carried along. */
export interface ObjectMeta extends JsonObject {
  readonly name: string;
  /** Absent on cluster-scoped kinds. */
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}

/** A Kubernetes object as plain data, in the form that the API server would read. */
export interface KubeObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** An object of one cluster, with where it comes from. */
export interface SourcedObject {
  readonly object: KubeObject;
  /** Construct path (`authorworks-gateway/deployment`) or, for YAML read from disk, the file (with `#n` for the n-th document of several). */
  readonly source: string;
  /** Name of the Argo CD Application that carries the object. @default - not known: read from a folder that is not a dist */
  readonly application?: string;
}

/** API group of an object: `apps` for `apps/v1`, the empty string for the core group `v1`. */
export function groupOf(object: { readonly apiVersion: string }): string {
  const slash = object.apiVersion.indexOf('/');
  return slash === -1 ? '' : object.apiVersion.slice(0, slash);
}

/** How a message names an object: `Deployment authorworks/authorworks-gateway`, or `Namespace authorworks` where there is no namespace. */
export function describe(object: KubeObject): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
