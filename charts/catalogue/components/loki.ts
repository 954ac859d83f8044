import type { Component } from '../entry';

export const loki: Component = {
  name: 'loki',
  what: 'keeps logs',
  licence: 'AGPL-3.0-only',
  releases: [
    {
      version: '3.7.6',
      kubernetes: { from: '1.25', source: 'kubeVersion of the chart loki 18.11.0, which brings it' },
      images: { loki: { name: 'docker.io/grafana/loki', tag: '3.7.6' } },
    },
  ],
};
