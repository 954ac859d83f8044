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

/** Metadata of a custom resource: unlike cdk8s's, the name is required. */
export interface CustomResourceMetadata extends ApiObjectMetadata {
  readonly name: string;
}

/** Adds an object of a custom kind to the tree, type-checked against the kind's `spec`. */
export function customResource<Spec extends object>(
  scope: Construct,
  id: string,
  kind: CustomKind<Spec>,
  props: { readonly metadata: CustomResourceMetadata; readonly spec: NoInfer<Spec> },
): ApiObject {
  return new ApiObject(scope, id, { apiVersion: kind.apiVersion, kind: kind.kind, ...props });
}
