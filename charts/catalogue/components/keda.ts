import type { Component } from '../entry';

export const keda: Component = {
  name: 'keda',
  what: 'scales workloads by events and queues',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v2.20.2',
      kubernetes: { from: '1.31', source: 'upstream supports the newest three minors at each release', stated: false },
      images: {
        webhooks: { name: 'ghcr.io/kedacore/keda-admission-webhooks', tag: '2.20.2' },
        metricsApiserver: { name: 'ghcr.io/kedacore/keda-metrics-apiserver', tag: '2.20.2' },
        operator: { name: 'ghcr.io/kedacore/keda', tag: '2.20.2' },
      },
      chart: { repository: 'https://kedacore.github.io/charts', name: 'keda', version: '2.20.2' },
      crds: { repository: 'https://github.com/kedacore/keda.git', path: 'config/crd', tag: 'v2.20.2' },
    },
    {
      version: 'v2.15.1',
      kubernetes: { from: '1.28', to: '1.30', source: 'upstream docs' },
      images: {
        webhooks: { name: 'ghcr.io/kedacore/keda-admission-webhooks', tag: '2.15.1' },
        metricsApiserver: { name: 'ghcr.io/kedacore/keda-metrics-apiserver', tag: '2.15.1' },
        operator: { name: 'ghcr.io/kedacore/keda', tag: '2.15.1' },
      },
      chart: { repository: 'https://kedacore.github.io/charts', name: 'keda', version: '2.15.1' },
      crds: { repository: 'https://github.com/kedacore/keda.git', path: 'config/crd', tag: 'v2.15.1' },
    },
  ],
};
