import type { Component } from '../entry';

export const argoCd: Component = {
  name: 'argo-cd',
  what: 'syncs this repository to the cluster',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v3.4.4',
      kubernetes: { from: '1.32', to: '1.35', source: 'upstream test table' },
      images: {
        redis: { name: 'ecr-public.aws.com/docker/library/redis', tag: '8.2.3-alpine' },
        dex: { name: 'ghcr.io/dexidp/dex', tag: 'v2.45.1' },
        argocd: { name: 'quay.io/argoproj/argocd', tag: 'v3.4.4' },
      },
      chart: { repository: 'https://argoproj.github.io/argo-helm', name: 'argo-cd', version: '10.1.1' },
      crds: { repository: 'https://github.com/argoproj/argo-cd.git', path: 'manifests/crds', tag: 'v3.5.1' },
    },
    {
      version: 'v2.14.11',
      kubernetes: { from: '1.28', to: '1.31', source: 'upstream test table' },
      images: {
        dex: { name: 'ghcr.io/dexidp/dex', tag: 'v2.42.1' },
        redis: { name: 'public.ecr.aws/docker/library/redis', tag: '7.2.8-alpine' },
        argocd: { name: 'quay.io/argoproj/argocd', tag: 'v2.14.11' },
      },
      chart: { repository: 'https://argoproj.github.io/argo-helm', name: 'argo-cd', version: '7.9.1' },
      crds: { repository: 'https://github.com/argoproj/argo-cd.git', path: 'manifests/crds', tag: 'v2.14.11' },
      endOfLife: 'upstream mends it no more; it is the newest line for this Kubernetes.',
    },
  ],
};
