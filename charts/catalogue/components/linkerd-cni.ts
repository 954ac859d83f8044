import type { Component } from '../entry';

export const linkerdCni: Component = {
  name: 'linkerd-cni',
  what: "sets up the mesh's traffic rules on each node, so that pods need no init container",
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'edge-25.10.7',
      kubernetes: { from: '1.29', to: '1.35', source: 'upstream docs' },
      images: {
        plugin: { name: 'cr.l5d.io/linkerd/cni-plugin', tag: 'v1.6.4' },
      },
      chart: { repository: 'https://helm.linkerd.io/edge', name: 'linkerd2-cni', version: '2025.10.7' },
    },
    {
      version: 'edge-25.4.4',
      kubernetes: { from: '1.22', to: '1.32', source: 'upstream docs' },
      images: {
        plugin: { name: 'cr.l5d.io/linkerd/cni-plugin', tag: 'v1.6.2' },
      },
      chart: { repository: 'https://helm.linkerd.io/edge', name: 'linkerd2-cni', version: '2025.4.4' },
    },
  ],
};
