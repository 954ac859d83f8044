import type { Component } from '../entry';

export const alertmanager: Component = {
  name: 'alertmanager',
  what: 'groups alerts and tells people',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v0.34.0',
      kubernetes: { source: 'it asks nothing of Kubernetes' },
      images: { server: { name: 'quay.io/prometheus/alertmanager', tag: 'v0.34.0' } },
    },
  ],
};
