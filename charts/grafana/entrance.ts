import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { hostCertificate } from '../certificates';
import type { Cluster } from '../cluster';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import type { Labels } from '../workload/labels';
import type { GrafanaExposure } from './choices';
import { GRAFANA } from './names';

const PREFIX = 'nginx.ingress.kubernetes.io';

/** The way in from outside, through ingress-nginx, with the certificate of the host. @param host - full name */
export function entrance(scope: Construct, cluster: Cluster, { from }: GrafanaExposure, host: string, labels: Labels): void {
  const secretName = 'grafana-tls';
  hostCertificate(scope, 'certificate', { name: secretName, namespace: MONITORING_NAMESPACE, host, secretName, labels });
  new k8s.KubeIngress(scope, 'ingress', {
    metadata: {
      name: GRAFANA,
      namespace: MONITORING_NAMESPACE,
      labels,
      annotations: {
        // A dashboard asks for all of its panels at once.
        [`${PREFIX}/limit-rps`]: '100',
        [`${PREFIX}/limit-burst-multiplier`]: '5',
        // Queries of long times are slow.
        [`${PREFIX}/proxy-read-timeout`]: '120',
        ...(cluster.mesh ? { [`${PREFIX}/service-upstream`]: 'true' } : {}),
        ...(from === 'anywhere' ? {} : { [`${PREFIX}/whitelist-source-range`]: [...from].join(',') }),
      },
    },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: [host], secretName }],
      rules: [
        { host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: GRAFANA, port: { name: 'http' } } } }] } },
      ],
    },
  });
}
