import type { Component } from '../entry';

export const prometheus: Component = {
  name: 'prometheus',
  what: 'collects metrics and evaluates rules',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v3.14.0',
      kubernetes: { from: '1.25', source: 'kubeVersion of the chart kube-prometheus-stack 88.5.3, which brings it' },
      images: { server: { name: 'quay.io/prometheus/prometheus', tag: 'v3.14.0-distroless' } },
    },
  ],
};
