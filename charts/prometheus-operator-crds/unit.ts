import { crds, type Unit } from '../gitops';

/** The CRDs of prometheus-operator from its repository: PodMonitors need them, whoever scrapes. */
export function prometheusOperatorCrds(): Unit {
  return {
    name: 'prometheus-operator-crds',
    tier: 'platform',
    project: 'platform',
    // CRDs have no namespace; Argo CD wants one all the same.
    namespace: 'default',
    stage: 'crds',
    provides: [crds('monitoring.coreos.com')],
    needs: [],
    source: {
      kind: 'git',
      repoURL: 'https://github.com/prometheus-operator/prometheus-operator.git',
      path: 'example/prometheus-operator-crd',
      tag: 'v0.93.0',
    },
    objects: [],
    clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
    namespacedKinds: [],
  };
}
