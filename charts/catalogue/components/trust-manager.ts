import type { Component } from '../entry';

export const trustManager: Component = {
  name: 'trust-manager',
  what: 'distributes bundles of CA certificates',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v0.24.0',
      kubernetes: { from: '1.25', source: 'chart kubeVersion' },
      images: {
        controller: { name: 'quay.io/jetstack/trust-manager', tag: 'v0.24.0' },
        defaultPackage: { name: 'quay.io/jetstack/trust-pkg-debian-trixie', tag: '20250419.1' },
      },
      chart: { repository: 'https://charts.jetstack.io', name: 'trust-manager', version: 'v0.24.0' },
      // The file that the chart's template is made of. Its folder has the definition of an experiment too.
      crds: {
        url: 'https://raw.githubusercontent.com/cert-manager/trust-manager/v0.24.0/deploy/crds/trust.cert-manager.io_bundles.yaml',
      },
    },
  ],
};
