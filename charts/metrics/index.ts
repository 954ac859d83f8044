import { alertmanagerMetrics } from '../alertmanager/metrics';
import { documentedMetrics } from '../alerts/document-metrics';
import { argoCdMetrics } from '../argo-cd/metrics';
import { certManagerMetrics } from '../cert-manager/metrics';
import { clusterAutoscalerMetrics } from '../cluster-autoscaler/metrics';
import { externalSecretsMetrics } from '../external-secrets/metrics';
import { ingressNginxMetrics } from '../ingress-nginx/metrics';
import { kubeStateMetricsMetrics } from '../kube-state-metrics/metrics';
import { linkerdIdentityMetrics, linkerdProxyMetrics } from '../linkerd/metrics';
import { nodeExporterMetrics } from '../node-exporter/metrics';
import { pgbouncerMetrics } from '../pgbouncer/metrics';
import { cadvisorMetrics, kubeletMetrics, prometheusMetrics, scrapeMetrics } from '../prometheus/metrics';
import { veleroMetrics } from '../velero/metrics';
import type { Exposes } from './exposes';

export * from './exposes';

/** Everything that our rules and dashboards may read. */
export const exposed: readonly Exposes[] = [
  alertmanagerMetrics,
  argoCdMetrics,
  cadvisorMetrics,
  certManagerMetrics,
  clusterAutoscalerMetrics,
  ...documentedMetrics,
  externalSecretsMetrics,
  ingressNginxMetrics,
  kubeStateMetricsMetrics,
  kubeletMetrics,
  linkerdIdentityMetrics,
  linkerdProxyMetrics,
  nodeExporterMetrics,
  pgbouncerMetrics,
  prometheusMetrics,
  scrapeMetrics,
  veleroMetrics,
];
