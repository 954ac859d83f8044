import type { Component } from '../entry';

export const externalSecrets: Component = {
  name: 'external-secrets',
  what: 'makes Secrets from AWS Secrets Manager and Parameter Store',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v2.9.0',
      kubernetes: {
        from: '1.31',
        source: 'upstream tests 1.36 alone; its definitions use selectableFields, which Kubernetes has from 1.31',
        stated: false,
      },
      images: {
        controller: { name: 'ghcr.io/external-secrets/external-secrets', tag: 'v2.9.0' },
      },
      chart: { repository: 'https://charts.external-secrets.io', name: 'external-secrets', version: '2.9.0' },
      crds: { repository: 'https://github.com/external-secrets/external-secrets.git', path: 'config/crds/bases', tag: 'v2.9.0' },
    },
    {
      version: 'v0.16.2',
      kubernetes: {
        to: '1.30',
        source: 'upstream tests 1.32 alone; 0.16 is the first line that serves `v1` and the last whose definitions Kubernetes 1.28 takes',
        stated: false,
      },
      images: {
        controller: { name: 'oci.external-secrets.io/external-secrets/external-secrets', tag: 'v0.16.2' },
      },
      chart: { repository: 'https://charts.external-secrets.io', name: 'external-secrets', version: '0.16.2' },
      crds: { repository: 'https://github.com/external-secrets/external-secrets.git', path: 'config/crds/bases', tag: 'v0.16.2' },
    },
  ],
};
