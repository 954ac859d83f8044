import type { Component } from '../entry';

export const grafana: Component = {
  name: 'grafana',
  what: 'shows metrics, logs and traces to people',
  licence: 'AGPL-3.0-only',
  releases: [
    {
      version: '13.2.0',
      kubernetes: { from: '1.25', source: 'kubeVersion of the chart grafana 12.11.1, which brings it' },
      images: { server: { name: 'docker.io/grafana/grafana', tag: '13.2.0' } },
    },
  ],
};
