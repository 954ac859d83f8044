import type { IApplication, IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CustomKind, type CustomResourceMetadata, customResource } from './custom-resource';

/** A type with every field and array, at any depth, `readonly`. */
export type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Field in keyof T]: DeepReadonly<T[Field]> }
    : T;

/** `spec` of an Argo CD Application, of Argo CD 2.14. Only types are imported: at run time the package would load a JSON schema validator. */
export type ApplicationSpec = DeepReadonly<IApplication['spec']>;

/** `spec` of an Argo CD AppProject, of Argo CD 2.14. */
export type AppProjectSpec = DeepReadonly<IAppProject['spec']>;

export const Application: CustomKind<ApplicationSpec> = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', scope: 'Namespaced' };

export const AppProject: CustomKind<AppProjectSpec> = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', scope: 'Namespaced' };

/** Adds an Argo CD Application to the tree. */
export function application(
  scope: Construct,
  id: string,
  props: { readonly metadata: CustomResourceMetadata; readonly spec: ApplicationSpec },
): ApiObject {
  return customResource(scope, id, Application, props);
}

/** Adds an Argo CD AppProject to the tree. */
export function appProject(
  scope: Construct,
  id: string,
  props: { readonly metadata: CustomResourceMetadata; readonly spec: AppProjectSpec },
): ApiObject {
  return customResource(scope, id, AppProject, props);
}
