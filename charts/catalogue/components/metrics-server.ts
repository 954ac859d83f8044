import type { Component } from '../entry';

export const metricsServer: Component = {
  name: 'metrics-server',
  what: 'tells autoscalers and kubectl what pods use',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v0.8.1',
      kubernetes: { from: '1.31', source: 'upstream README' },
      images: {
        server: { name: 'registry.k8s.io/metrics-server/metrics-server', tag: 'v0.8.1' },
      },
    },
    {
      version: 'v0.7.2',
      kubernetes: { from: '1.27', source: 'upstream README' },
      images: {
        server: { name: 'registry.k8s.io/metrics-server/metrics-server', tag: 'v0.7.2' },
      },
    },
  ],
};
