import type { Component } from '../entry';

export const externalDns: Component = {
  name: 'external-dns',
  what: 'keeps DNS records for Ingresses and Services',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v0.21.0',
      kubernetes: { source: 'its API use is old and small', stated: false },
      images: {
        controller: { name: 'registry.k8s.io/external-dns/external-dns', tag: 'v0.21.0' },
      },
    },
  ],
};
