import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { groupOf, type KubeObject } from '../../synth/object';

const GROUP = 'kustomize.config.k8s.io';

/**
 * A `kustomization.yaml` that names files of an upstream release: Argo CD fetches them, nothing of them is kept here. For definitions of
 * which upstream has no folder that could be synced. What they bring is kept when it is no longer rendered.
 * @param urls - addresses of the files, with their version
 */
export function kustomization(scope: Construct, name: string, urls: readonly string[]): void {
  new ApiObject(scope, 'kustomization', {
    apiVersion: `${GROUP}/v1beta1`,
    kind: 'Kustomization',
    metadata: { name },
    resources: [...urls],
    // A definition that goes takes every object of its kind with it.
    commonAnnotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  });
}

/** Whether an object is read by Argo CD itself and never reaches the API server. */
export const isKustomization = (object: KubeObject): boolean => object.kind === 'Kustomization' && groupOf(object) === GROUP;
