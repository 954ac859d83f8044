import type { Component } from '../entry';

export const clusterAutoscaler: Component = {
  name: 'cluster-autoscaler',
  what: 'adds and removes nodes',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v1.34.5',
      kubernetes: { from: '1.34', to: '1.34', source: 'autoscaler minor equals cluster minor' },
      images: {
        autoscaler: { name: 'registry.k8s.io/autoscaling/cluster-autoscaler', tag: 'v1.34.5' },
      },
    },
    {
      version: 'v1.28.7',
      kubernetes: { from: '1.28', to: '1.28', source: 'autoscaler minor equals cluster minor' },
      images: {
        autoscaler: { name: 'registry.k8s.io/autoscaling/cluster-autoscaler', tag: 'v1.28.7' },
      },
    },
  ],
};
