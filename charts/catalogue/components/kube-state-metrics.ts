import type { Component } from '../entry';

export const kubeStateMetrics: Component = {
  name: 'kube-state-metrics',
  what: 'tells Prometheus what the API server knows of objects',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v2.20.0',
      kubernetes: { source: 'upstream README: the newest five minors by its client library, older ones as far as they go', stated: false },
      images: { exporter: { name: 'registry.k8s.io/kube-state-metrics/kube-state-metrics', tag: 'v2.20.0' } },
    },
  ],
};
