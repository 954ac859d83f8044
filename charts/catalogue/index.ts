import { alertmanager } from './components/alertmanager';
import { arcController } from './components/arc-controller';
import { arcRunnerSet } from './components/arc-runner-set';
import { argoCd } from './components/argo-cd';
import { argoRollouts } from './components/argo-rollouts';
import { awsLoadBalancerController } from './components/aws-load-balancer-controller';
import { certManager } from './components/cert-manager';
import { clusterAutoscaler } from './components/cluster-autoscaler';
import { externalDns } from './components/external-dns';
import { externalSecrets } from './components/external-secrets';
import { gatewayApi } from './components/gateway-api';
import { grafana } from './components/grafana';
import { ingressNginx } from './components/ingress-nginx';
import { jaeger } from './components/jaeger';
import { keda } from './components/keda';
import { kubeStateMetrics } from './components/kube-state-metrics';
import { linkerd } from './components/linkerd';
import { linkerdCni } from './components/linkerd-cni';
import { linkerdCrds } from './components/linkerd-crds';
import { loki } from './components/loki';
import { metricsServer } from './components/metrics-server';
import { nodeExporter } from './components/node-exporter';
import { opentelemetryCollector } from './components/opentelemetry-collector';
import { pause } from './components/pause';
import { prometheus } from './components/prometheus';
import { prometheusOperator } from './components/prometheus-operator';
import { snapshotController } from './components/snapshot-controller';
import { thanos } from './components/thanos';
import { trustManager } from './components/trust-manager';
import { velero } from './components/velero';
import type { Component } from './entry';

export * from './entry';
export * from './notices';
export * from './select';

/** Every third-party component that clusters may run, by its name: the one place where versions and images stand. */
export const catalogue = {
  alertmanager: alertmanager,
  'arc-controller': arcController,
  'arc-runner-set': arcRunnerSet,
  'argo-cd': argoCd,
  'argo-rollouts': argoRollouts,
  'aws-load-balancer-controller': awsLoadBalancerController,
  'cert-manager': certManager,
  'cluster-autoscaler': clusterAutoscaler,
  'external-dns': externalDns,
  'external-secrets': externalSecrets,
  'gateway-api': gatewayApi,
  grafana: grafana,
  'ingress-nginx': ingressNginx,
  jaeger: jaeger,
  keda: keda,
  'kube-state-metrics': kubeStateMetrics,
  'linkerd-cni': linkerdCni,
  'linkerd-crds': linkerdCrds,
  linkerd: linkerd,
  loki: loki,
  'metrics-server': metricsServer,
  'node-exporter': nodeExporter,
  'opentelemetry-collector': opentelemetryCollector,
  pause: pause,
  'prometheus-operator': prometheusOperator,
  prometheus: prometheus,
  'snapshot-controller': snapshotController,
  thanos: thanos,
  'trust-manager': trustManager,
  velero: velero,
} as const satisfies Readonly<Record<string, Component>>;

export type ComponentName = keyof typeof catalogue;
