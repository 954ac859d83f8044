import type { Component } from '../entry';

export const jaeger: Component = {
  name: 'jaeger',
  what: 'keeps traces and shows them',
  licence: 'Apache-2.0',
  releases: [
    {
      version: '2.19.0',
      kubernetes: { from: '1.21', source: 'kubeVersion of the chart jaeger 4.11.1, which brings it' },
      images: { jaeger: { name: 'docker.io/jaegertracing/jaeger', tag: '2.19.0' } },
    },
  ],
};
