import type { Component } from '../entry';

export const thanos: Component = {
  name: 'thanos',
  what: 'copies the blocks of Prometheus to a bucket',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v0.42.4',
      kubernetes: { source: 'it asks nothing of Kubernetes' },
      images: { sidecar: { name: 'quay.io/thanos/thanos', tag: 'v0.42.4' } },
    },
  ],
};
