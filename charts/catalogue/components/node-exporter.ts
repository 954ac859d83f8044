import type { Component } from '../entry';

export const nodeExporter: Component = {
  name: 'node-exporter',
  what: 'tells Prometheus what nodes use',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v1.12.1',
      kubernetes: { source: 'it asks nothing of Kubernetes' },
      images: { exporter: { name: 'quay.io/prometheus/node-exporter', tag: 'v1.12.1' } },
    },
  ],
};
