import type { Component } from '../entry';

export const linkerd: Component = {
  name: 'linkerd',
  what: 'the service mesh',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'edge-25.10.7',
      kubernetes: { from: '1.29', to: '1.34', source: 'upstream docs' },
      images: {
        controller: { name: 'cr.l5d.io/linkerd/controller', tag: 'edge-25.10.7' },
        proxyInit: { name: 'cr.l5d.io/linkerd/proxy-init', tag: 'v2.4.3' },
        proxy: { name: 'cr.l5d.io/linkerd/proxy', tag: 'edge-25.10.7' },
      },
      chart: { repository: 'https://helm.linkerd.io/edge', name: 'linkerd-control-plane', version: '2025.10.7' },
      requires: [
        {
          component: 'gateway-api',
          from: '1.1.1',
          to: '1.2.1',
          source: 'upstream docs of Linkerd 2.18 and 2.19',
          exception:
            'Of the Gateway API it uses HTTPRoute v1 and GRPCRoute v1 alone, which newer versions serve unchanged; TLSRoute and TCPRoute are not used with it.',
        },
        { component: 'cert-manager', from: '1.0', to: '2.0', source: 'its certificates come from there' },
        { component: 'trust-manager', from: '0.1', to: '1.0', source: 'its trust bundle comes from there' },
      ],
    },
    {
      version: 'edge-25.4.4',
      kubernetes: { from: '1.22', to: '1.32', source: 'upstream docs' },
      images: {
        controller: { name: 'cr.l5d.io/linkerd/controller', tag: 'edge-25.4.4' },
        policyController: { name: 'cr.l5d.io/linkerd/policy-controller', tag: 'edge-25.4.4' },
        proxyInit: { name: 'cr.l5d.io/linkerd/proxy-init', tag: 'v2.4.2' },
        proxy: { name: 'cr.l5d.io/linkerd/proxy', tag: 'edge-25.4.4' },
      },
      chart: { repository: 'https://helm.linkerd.io/edge', name: 'linkerd-control-plane', version: '2025.4.4' },
      requires: [
        {
          component: 'gateway-api',
          from: '1.1.1',
          to: '1.2.1',
          source: 'upstream docs of Linkerd 2.18 and 2.19',
          exception:
            'Of the Gateway API it uses HTTPRoute v1 and GRPCRoute v1 alone, which newer versions serve unchanged; TLSRoute and TCPRoute are not used with it.',
        },
        { component: 'cert-manager', from: '1.0', to: '2.0', source: 'its certificates come from there' },
        { component: 'trust-manager', from: '0.1', to: '1.0', source: 'its trust bundle comes from there' },
      ],
    },
  ],
};
