import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { AuthorizationPolicy, EgressNetwork, MeshTLSAuthentication, Server } from '../../imports/policy.linkerd.io';
import type { Cluster } from '../cluster';
import type { Labels } from '../workload/labels';
import type { Edge } from './edge';
import { isPods, PROXY_ADMIN } from './party';
import { internet, prometheus } from './well-known';

const GROUP = 'policy.linkerd.io';

/** Annotations of a namespace whose pods are meshed: nobody reaches a port without a policy that says so. */
export const MESHED_NAMESPACE: Labels = { 'config.linkerd.io/default-inbound-policy': 'deny', 'linkerd.io/inject': 'enabled' };

/**
 * What holds for all meshed pods of a namespace: Prometheus, and nobody else, reads the metrics of their proxies; and the mesh lets them
 * out to the internet only where an edge of a pod in this namespace goes there (or to AWS's APIs, most of which are on the internet).
 * @param edges - of the whole cluster
 */
export function meshedNamespace(
  scope: Construct,
  id: string,
  namespace: string,
  cluster: Pick<Cluster, 'aws' | 'mesh'>,
  edges: readonly Edge[],
  labels: Labels,
): void {
  const metadata = { name: PROXY_ADMIN, namespace, labels: { ...labels } };
  const { serviceAccount, namespace: monitoring } = prometheus(cluster);
  customResource(scope, `${id}-proxy-server`, Server, {
    metadata,
    spec: { podSelector: {}, port: PROXY_ADMIN, proxyProtocol: 'HTTP/1', accessPolicy: 'deny' },
  });
  customResource(scope, `${id}-proxy-authorization`, AuthorizationPolicy, {
    metadata,
    spec: {
      targetRef: { group: GROUP, kind: 'Server', name: PROXY_ADMIN },
      requiredAuthenticationRefs: [{ group: GROUP, kind: 'MeshTLSAuthentication', name: PROXY_ADMIN }],
    },
  });
  customResource(scope, `${id}-proxy-identities`, MeshTLSAuthentication, {
    metadata,
    spec: { identityRefs: [{ kind: 'ServiceAccount', name: serviceAccount, namespace: monitoring }] },
  });
  const world = internet(cluster);
  const goesOut = edges.some(
    ({ from, to }) =>
      isPods(from) && from.namespace === namespace && from.meshed && !isPods(to) && to.blocks.some(({ cidr }) => cidr === '0.0.0.0/0'),
  );
  customResource(scope, `${id}-internet`, EgressNetwork, {
    metadata: { ...metadata, name: world.name },
    spec: { networks: world.blocks, trafficPolicy: goesOut ? 'Allow' : 'Deny' },
  });
}
