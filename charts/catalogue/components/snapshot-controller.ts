import type { Component } from '../entry';

export const snapshotController: Component = {
  name: 'snapshot-controller',
  what: 'makes snapshots of volumes',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v8.6.0',
      kubernetes: { from: '1.20', source: 'upstream README' },
      images: {
        controller: { name: 'registry.k8s.io/sig-storage/snapshot-controller', tag: 'v8.5.0' },
      },
      crds: { repository: 'https://github.com/kubernetes-csi/external-snapshotter.git', path: 'client/config/crd', tag: 'v8.6.0' },
    },
  ],
};
