import type { Component } from '../entry';

export const gatewayApi: Component = {
  name: 'gateway-api',
  what: 'definitions of Gateways and routes',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v1.6.1',
      kubernetes: { from: '1.31', source: 'upstream tests the five newest minors at each release', stated: false },
      crds: { repository: 'https://github.com/kubernetes-sigs/gateway-api.git', path: 'config/crd/standard', tag: 'v1.6.1' },
    },
    {
      version: 'v1.4.1',
      kubernetes: {
        to: '1.30',
        source: 'upstream tests the five newest minors at each release; the API server of 1.28 takes these definitions',
        stated: false,
      },
      crds: { repository: 'https://github.com/kubernetes-sigs/gateway-api.git', path: 'config/crd/standard', tag: 'v1.4.1' },
    },
  ],
};
