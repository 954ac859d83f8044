import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';

/** A kind that a CustomResourceDefinition serves, with the type of its `spec`. */
export interface CustomKind<Spec> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Only for the type checker: carries `Spec`; never set. */
  readonly __spec?: Spec;
}

/** The `spec` of a kind that has none: no value is of this type, and the compiler's message says what to do. */
interface NoSpec {
  readonly 'this kind has no spec: use speclessResource': never;
}

/** A kind whose fields stand beside `metadata` instead of in a `spec`, as those of VolumeSnapshotClass do. {@link customResource} refuses it. */
export interface SpeclessKind<Fields> extends CustomKind<NoSpec> {
  /** Only for the type checker: carries `Fields`; never set. */
  readonly __fields?: Fields;
}

/** Metadata of a custom resource: unlike cdk8s's, the name is required and a misspelt field does not compile. */
export interface CustomResourceMetadata {
  readonly name: string;
  /** @default - the kind is cluster-scoped */
  readonly namespace?: string;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly finalizers?: readonly string[];
}

/**
 * Adds an object of a custom kind to the tree. The kind fixes apiVersion and kind, and `spec` is checked against its type:
 * `customResource(this, 'secret', ExternalSecret, { metadata: { name: 'db' }, spec: { … } })`.
 * @throws when `scope` has a child `id` already, or is in no Chart.
 */
export function customResource<Spec extends object>(
  scope: Construct,
  id: string,
  kind: CustomKind<Spec>,
  props: { readonly metadata: CustomResourceMetadata; readonly spec: NoInfer<Spec> },
): ApiObject {
  return new ApiObject(scope, id, { apiVersion: kind.apiVersion, kind: kind.kind, ...props, metadata: mutable(props.metadata) });
}

/** Like {@link customResource}, for a kind without `spec`: its fields stand beside `metadata`. */
export function speclessResource<Fields extends object>(
  scope: Construct,
  id: string,
  kind: SpeclessKind<Fields>,
  props: { readonly metadata: CustomResourceMetadata } & NoInfer<Fields>,
): ApiObject {
  return new ApiObject(scope, id, { apiVersion: kind.apiVersion, kind: kind.kind, ...props, metadata: mutable(props.metadata) });
}

/** A copy that cdk8s takes: its own type has no read-only members. */
function mutable({ labels, annotations, finalizers, ...metadata }: CustomResourceMetadata): ApiObjectMetadata {
  return {
    ...metadata,
    ...(labels === undefined ? {} : { labels: { ...labels } }),
    ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
    ...(finalizers === undefined ? {} : { finalizers: [...finalizers] }),
  };
}
