import type { Component } from '../entry';

const chart = (version: string) => ({ repository: 'https://helm.linkerd.io/edge', name: 'linkerd-crds', version });

export const linkerdCrds: Component = {
  name: 'linkerd-crds',
  what: "definitions of the mesh's policies",
  licence: 'Apache-2.0',
  releases: [
    { version: 'edge-25.10.7', kubernetes: { from: '1.29', to: '1.34', source: 'upstream docs' }, chart: chart('2025.10.7') },
    { version: 'edge-25.4.4', kubernetes: { from: '1.22', to: '1.32', source: 'upstream docs' }, chart: chart('2025.4.4') },
  ],
};
