import type { Component } from '../entry';

export const arcController: Component = {
  name: 'arc-controller',
  what: 'runs GitHub Actions runners on demand',
  licence: 'Apache-2.0',
  releases: [
    {
      version: '0.14.2',
      kubernetes: { source: 'upstream is silent', stated: false },
      images: {
        controller: { name: 'ghcr.io/actions/gha-runner-scale-set-controller', tag: '0.14.2' },
      },
      chart: { repository: 'ghcr.io/actions/actions-runner-controller-charts', name: 'gha-runner-scale-set-controller', version: '0.14.2' },
      crds: {
        repository: 'https://github.com/actions/actions-runner-controller.git',
        path: 'charts/gha-runner-scale-set-controller/crds',
        tag: 'gha-runner-scale-set-0.14.2',
      },
    },
  ],
};
