import type { Component } from '../entry';

export const prometheusOperator: Component = {
  name: 'prometheus-operator',
  what: 'runs Prometheus and Alertmanager as custom resources say',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v0.93.1',
      kubernetes: { from: '1.25', source: 'kubeVersion of the chart kube-prometheus-stack 88.5.3' },
      images: {
        operator: { name: 'quay.io/prometheus-operator/prometheus-operator', tag: 'v0.93.1' },
        reloader: { name: 'quay.io/prometheus-operator/prometheus-config-reloader', tag: 'v0.93.1' },
      },
      // The definitions did not change in v0.93.1.
      crds: {
        repository: 'https://github.com/prometheus-operator/prometheus-operator.git',
        path: 'example/prometheus-operator-crd',
        tag: 'v0.93.0',
      },
    },
  ],
};
