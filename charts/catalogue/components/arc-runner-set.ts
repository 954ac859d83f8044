import type { Component } from '../entry';

export const arcRunnerSet: Component = {
  name: 'arc-runner-set',
  what: 'one set of GitHub Actions runners',
  licence: 'Apache-2.0',
  releases: [
    {
      version: '0.14.2',
      kubernetes: { source: 'upstream is silent', stated: false },
      // Upstream's chart says `latest`. GitHub turns away runners that are about a month behind: raise the tag with each release of actions/runner.
      images: {
        runner: { name: 'ghcr.io/actions/actions-runner', tag: '2.334.0' },
      },
      chart: { repository: 'ghcr.io/actions/actions-runner-controller-charts', name: 'gha-runner-scale-set', version: '0.14.2' },
    },
  ],
};
