import type { Component } from '../entry';

export const ingressNginx: Component = {
  name: 'ingress-nginx',
  what: 'takes requests from outside',
  licence: 'Apache-2.0',
  retired: 'the project is retired upstream: nothing is mended after March 2026. Plan a move to the Gateway API (`ingress` in cluster.ts).',
  releases: [
    {
      version: 'v1.15.1',
      kubernetes: { from: '1.31', to: '1.35', source: 'upstream README' },
      images: {
        controller: {
          name: 'registry.k8s.io/ingress-nginx/controller',
          tag: 'v1.15.1',
          digest: 'sha256:594ceea76b01c592858f803f9ff4d2cb40542cae2060410b2c95f75907d659e1',
        },
      },
    },
    {
      version: 'v1.12.8',
      kubernetes: { from: '1.28', to: '1.32', source: 'upstream README' },
      images: {
        controller: {
          name: 'registry.k8s.io/ingress-nginx/controller',
          tag: 'v1.12.8',
          digest: 'sha256:8f8343060688fb2a85752b7345a988d0d3c890d774e18e80b9e8730756e5b530',
        },
      },
    },
  ],
};
