import type { Component } from '../entry';

export const certManager: Component = {
  name: 'cert-manager',
  what: 'makes and renews certificates',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v1.21.1',
      kubernetes: { from: '1.33', to: '1.36', source: 'upstream docs' },
      images: {
        acmesolver: { name: 'quay.io/jetstack/cert-manager-acmesolver', tag: 'v1.21.1' },
        cainjector: { name: 'quay.io/jetstack/cert-manager-cainjector', tag: 'v1.21.1' },
        controller: { name: 'quay.io/jetstack/cert-manager-controller', tag: 'v1.21.1' },
        webhook: { name: 'quay.io/jetstack/cert-manager-webhook', tag: 'v1.21.1' },
      },
      crds: { url: 'https://github.com/cert-manager/cert-manager/releases/download/v1.21.1/cert-manager.crds.yaml' },
    },
    {
      version: 'v1.16.5',
      kubernetes: { from: '1.25', to: '1.31', source: 'upstream test matrix' },
      images: {
        acmesolver: { name: 'quay.io/jetstack/cert-manager-acmesolver', tag: 'v1.16.5' },
        cainjector: { name: 'quay.io/jetstack/cert-manager-cainjector', tag: 'v1.16.5' },
        controller: { name: 'quay.io/jetstack/cert-manager-controller', tag: 'v1.16.5' },
        webhook: { name: 'quay.io/jetstack/cert-manager-webhook', tag: 'v1.16.5' },
      },
      crds: { url: 'https://github.com/cert-manager/cert-manager/releases/download/v1.16.5/cert-manager.crds.yaml' },
      endOfLife: 'upstream mends it no more; it is the newest line for this Kubernetes.',
    },
  ],
};
