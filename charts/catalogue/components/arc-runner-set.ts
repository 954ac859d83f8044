import type { Component } from '../entry';

export const arcRunnerSet: Component = {
  name: 'arc-runner-set',
  what: 'one set of GitHub Actions runners',
  licence: 'Apache-2.0',
  releases: [
    {
      version: '0.14.2',
      kubernetes: { source: 'upstream is silent', stated: false },
      chart: { repository: 'ghcr.io/actions/actions-runner-controller-charts', name: 'gha-runner-scale-set', version: '0.14.2' },
    },
  ],
};
