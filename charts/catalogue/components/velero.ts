import type { Component } from '../entry';

export const velero: Component = {
  name: 'velero',
  what: 'backs up objects and volumes',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v1.18.1',
      kubernetes: { from: '1.18', source: 'upstream expects 1.18 and newer to work, and tested 1.28 last with 1.15', stated: false },
      images: {
        server: { name: 'docker.io/velero/velero', tag: 'v1.18.1' },
        awsPlugin: { name: 'docker.io/velero/velero-plugin-for-aws', tag: 'v1.13.1' },
      },
      chart: { repository: 'https://vmware-tanzu.github.io/helm-charts', name: 'velero', version: '12.1.0' },
      crds: { repository: 'https://github.com/vmware-tanzu/helm-charts.git', path: 'charts/velero/crds', tag: 'velero-12.1.0' },
    },
  ],
};
