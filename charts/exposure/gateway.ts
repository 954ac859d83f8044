import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { HTTPRoute } from '../../imports/gateway.networking.k8s.io';
import { hostCertificate } from '../certificates';
import { type GatewayIngress, hstsHeader } from './choice';
import { certificateName, type Exposure, metadataOf, notEnforced, rateText } from './host';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** Name of the cluster's one Gateway; it stands in the namespace of the workloads, beside the keys of their hosts. */
export const GATEWAY_NAME = 'public';

/** Listener of a host. */
export const listenerName = ({ expose }: Pick<Exposure, 'expose'>): string => `https-${expose.host.replaceAll('.', '-')}`;

/** The HTTPRoute of an exposure, and the certificate of its host. */
export function gatewayExposure(scope: Construct, exposure: Exposure, choice: GatewayIngress): void {
  const { workload, cluster, expose, host, path, port } = exposure;
  const { annotations, ...metadata } = metadataOf(exposure, notEnforced({ maxBodySize: expose.maxBodySize, rateLimit: rateText(expose) }));
  const secretName = certificateName(exposure);
  hostCertificate(scope, 'certificate', { name: secretName, namespace: cluster.namespace, host, secretName, labels: metadata.labels });
  customResource(scope, 'http-route', HTTPRoute, {
    metadata: { ...metadata, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      // Defaults are stated: the API server would write them down.
      parentRefs: [{ group: GATEWAY_GROUP, kind: 'Gateway', name: GATEWAY_NAME, sectionName: listenerName(exposure) }],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: path } }],
          filters: [
            {
              type: 'ResponseHeaderModifier',
              responseHeaderModifier: { set: [{ name: 'Strict-Transport-Security', value: hstsHeader(choice.hsts) }] },
            },
          ],
          backendRefs: [{ group: '', kind: 'Service', name: workload.name, port: workload.props.ports[port] ?? 0, weight: 1 }],
          // Longest time of a request as a whole: the Gateway API knows no other.
          ...(expose.readTimeoutSeconds === undefined ? {} : { timeouts: { request: `${expose.readTimeoutSeconds}s` } }),
        },
      ],
    },
  });
}
