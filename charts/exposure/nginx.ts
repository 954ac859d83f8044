import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { hostCertificate } from '../certificates';
import type { Labels } from '../workload/labels';
import type { ClientRateLimit, NginxIngress } from './choice';
import { certificateName, type Exposure, metadataOf } from './host';

const PREFIX = 'nginx.ingress.kubernetes.io';

/** What a client may ask for where neither the cluster nor the workload says. */
export const RATE_LIMIT: Required<ClientRateLimit> = { requestsPerSecond: 50, burstFactor: 5, connections: 100 };

/** The Ingress of an exposure, and the certificate of its host. */
export function nginxExposure(scope: Construct, exposure: Exposure, choice: NginxIngress): void {
  const { workload, cluster, host, path, port } = exposure;
  const metadata = metadataOf(exposure, nginxAnnotations(exposure, choice));
  const secretName = certificateName(exposure);
  hostCertificate(scope, 'certificate', { name: secretName, namespace: cluster.namespace, host, secretName, labels: metadata.labels });
  new k8s.KubeIngress(scope, 'ingress', {
    metadata,
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: [host], secretName }],
      rules: [
        { host, http: { paths: [{ path, pathType: 'Prefix', backend: { service: { name: workload.name, port: { name: port } } } }] } },
      ],
    },
  });
}

/**
 * What nginx is told of one exposure.
 * @throws when a limit is no whole number from 1, or the size of bodies is none that nginx knows
 */
export function nginxAnnotations({ workload, cluster, expose, port }: Exposure, choice: NginxIngress): Labels {
  const timeout = String(expose.readTimeoutSeconds ?? 60);
  const { maxBodySize = '1m' } = expose;
  if (!/^\d+[kmg]?$/i.test(maxBodySize)) {
    throw new Error(`${workload.key}.expose.maxBodySize is '${maxBodySize}'; expected a size as nginx writes it: '512k', '10m', '1g'.`);
  }
  const limit = { ...RATE_LIMIT, ...choice.rateLimit, ...expose.rateLimit };
  for (const [name, value] of Object.entries(limit)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new Error(`${workload.key}.expose.rateLimit.${name} is ${value}; expected a whole number from 1.`);
  }
  return {
    ...(workload.props.traffic?.[port]?.protocol === 'gRPC' ? { [`${PREFIX}/backend-protocol`]: 'GRPC' } : {}),
    [`${PREFIX}/limit-burst-multiplier`]: String(limit.burstFactor),
    [`${PREFIX}/limit-connections`]: String(limit.connections),
    [`${PREFIX}/limit-rps`]: String(limit.requestsPerSecond),
    [`${PREFIX}/proxy-body-size`]: maxBodySize,
    [`${PREFIX}/proxy-read-timeout`]: timeout,
    [`${PREFIX}/proxy-send-timeout`]: timeout,
    // To the Service, not to pod addresses: the mesh balances, and sees the name it authorizes.
    ...(cluster.mesh ? { [`${PREFIX}/service-upstream`]: 'true' } : {}),
  };
}
