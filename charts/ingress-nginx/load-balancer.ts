import type { NginxIngress } from '../exposure';
import type { AddressParty } from '../network';
import { loadBalancers, type Place, podNetworks } from '../network';
import type { Labels } from '../workload/labels';

const PREFIX = 'service.beta.kubernetes.io';

/** How an NLB brings connections to the controller's pods, and how these learn the client's address. */
export interface LoadBalancer {
  /** Who connects to the pods. */
  readonly callers: AddressParty;
  /** Whose PROXY protocol header tells the client's address. @default - nobody's: connections keep it */
  readonly proxies?: readonly string[];
  /** Ports that every node opens for it. */
  readonly nodePorts: number;
  readonly annotations: Labels;
  /** Fields of the Service. */
  readonly spec: {
    readonly loadBalancerClass?: string;
    readonly allocateLoadBalancerNodePorts?: boolean;
    readonly externalTrafficPolicy: string;
  };
}

/** @throws when the contract does not say where load balancers live */
export function loadBalancer(cluster: Place, { loadBalancer: by = 'aws-load-balancer-controller' }: NginxIngress): LoadBalancer {
  return by === 'in-tree' ? toNodes(podNetworks(cluster)) : toPods(loadBalancers(cluster));
}

/**
 * The AWS Load Balancer Controller makes the pods targets. The NLB connects from its own addresses, which alone are let in and trusted,
 * and says the client's in a PROXY protocol header.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
const toPods = (callers: AddressParty): LoadBalancer => ({
  callers,
  proxies: callers.blocks.map(({ cidr }) => cidr),
  nodePorts: 0,
  annotations: {
    [`${PREFIX}/aws-load-balancer-attributes`]: 'load_balancing.cross_zone.enabled=true',
    [`${PREFIX}/aws-load-balancer-nlb-target-type`]: 'ip',
    [`${PREFIX}/aws-load-balancer-scheme`]: 'internet-facing',
    [`${PREFIX}/aws-load-balancer-target-group-attributes`]:
      'deregistration_delay.timeout_seconds=120,preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=true',
  },
  spec: { loadBalancerClass: 'service.k8s.aws/nlb', allocateLoadBalancerNodePorts: false, externalTrafficPolicy: 'Cluster' },
});

/**
 * The cloud provider of EKS makes the nodes targets. The NLB keeps the client's address, and so do the nodes, as long as they pass
 * connections only to pods of their own. https://cloud-provider-aws.sigs.k8s.io/service_controller/
 */
const toNodes = (pods: readonly string[]): LoadBalancer => ({
  // Pods of the cluster come through the load balancer, too, if at all.
  callers: { name: 'outside', blocks: [{ cidr: '0.0.0.0/0', except: pods }] },
  nodePorts: 2,
  annotations: {
    [`${PREFIX}/aws-load-balancer-cross-zone-load-balancing-enabled`]: 'true',
    // Says what it is anyway.
    [`${PREFIX}/aws-load-balancer-scheme`]: 'internet-facing',
    [`${PREFIX}/aws-load-balancer-type`]: 'nlb',
  },
  spec: { externalTrafficPolicy: 'Local' },
});
