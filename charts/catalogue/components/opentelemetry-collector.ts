import type { Component } from '../entry';

export const opentelemetryCollector: Component = {
  name: 'opentelemetry-collector',
  what: 'takes in logs and spans, and passes them on',
  licence: 'Apache-2.0',
  releases: [
    {
      version: '0.158.0',
      kubernetes: { source: 'upstream states none; it only reads pods', stated: false },
      images: { collector: { name: 'docker.io/otel/opentelemetry-collector-k8s', tag: '0.158.0' } },
    },
  ],
};
