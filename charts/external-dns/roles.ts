import type { Construct } from 'constructs';
import { componentLabels } from '../native/labels';
import { clusterRole, type Rule } from '../native/rbac';
import type { DnsSource } from './choices';
import { NAME } from './network';

const READ = ['get', 'list', 'watch'];

/**
 * What it may read, by source. Upstream also lets it read pods, nodes and EndpointSlices: for Services of other types than LoadBalancer,
 * which are passed over here; and Ingresses of the API group `extensions`, which is no longer served.
 */
const RULES: Readonly<Record<DnsSource, readonly Rule[]>> = {
  ingress: [
    {
      apiGroups: ['networking.k8s.io'],
      resources: ['ingresses'],
      verbs: READ,
      why: 'Their hosts, and the load balancer that their status names.',
    },
  ],
  service: [{ resources: ['services'], verbs: READ, why: 'The names that annotations give them, and their load balancer.' }],
  'gateway-httproute': [
    {
      apiGroups: ['gateway.networking.k8s.io'],
      resources: ['gateways', 'httproutes'],
      verbs: READ,
      why: 'Hosts of routes, and addresses of the Gateways that take them.',
    },
    { resources: ['namespaces'], verbs: READ, why: 'A Gateway may take routes of namespaces by their labels.' },
  ],
};

/** Its role, for the sources that it has. */
export function externalDnsRole(scope: Construct, sources: readonly DnsSource[]): void {
  const account = { name: NAME, namespace: NAME, labels: componentLabels(NAME, 'controller') };
  clusterRole(
    scope,
    NAME,
    account,
    sources.flatMap((source) => RULES[source]),
  );
}
