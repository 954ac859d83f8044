import type { Component } from '../entry';

export const argoRollouts: Component = {
  name: 'argo-rollouts',
  what: 'canary and blue-green deployments',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v1.9.0',
      kubernetes: { source: 'upstream is silent', stated: false },
      images: {
        controller: { name: 'quay.io/argoproj/argo-rollouts', tag: 'v1.9.0' },
        dashboard: { name: 'quay.io/argoproj/kubectl-argo-rollouts', tag: 'v1.9.0' },
      },
      chart: { repository: 'https://argoproj.github.io/argo-helm', name: 'argo-rollouts', version: '2.41.0' },
      crds: { repository: 'https://github.com/argoproj/argo-rollouts.git', path: 'manifests/crds', tag: 'v1.9.1' },
    },
  ],
};
