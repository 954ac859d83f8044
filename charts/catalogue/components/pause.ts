import type { Component } from '../entry';

export const pause: Component = {
  name: 'pause',
  what: 'does nothing, and holds room while it does',
  licence: 'Apache-2.0',
  releases: [
    {
      version: '3.10',
      kubernetes: { source: 'it asks nothing of Kubernetes' },
      images: { pause: { name: 'registry.k8s.io/pause', tag: '3.10' } },
    },
  ],
};
