import type { PodPort } from '../../checks/reachability/model';

/**
 * What a node of the map stands for: `workload` pods that the folder renders, `pods` that exist beside it (DNS, pinned charts),
 * `addresses` outside the cluster, an `entry` through which the world comes in (a host name, a load balancer), and a `hub` between many
 * pods of whom each may call each, because no policy tells them apart.
 */
export type NodeType = 'workload' | 'pods' | 'addresses' | 'entry' | 'hub';

/** An end of edges. */
export interface MapNode {
  readonly id: string;
  readonly type: NodeType;
  /** As the reader knows it: the controller's name, the name of an address set, a host. */
  readonly name: string;
  /** @default - addresses and entries have none */
  readonly namespace?: string;
  /** Kind of the controller, of the address set or of the entry: `Deployment`, `Ingress`. @default - not known */
  readonly kind?: string;
  /** How many pods or how often: `5–20`, `3`, `every node`, `30 2 * * *`. @default - not known */
  readonly scale?: string;
  /** Node groups that take the pods. @default - not known, or any */
  readonly nodeGroup?: string;
  /** Priority class. @default - the cluster's default */
  readonly priority?: string;
  /** Whether Linkerd's proxy stands before the pods. @default - no pods */
  readonly meshed?: boolean;
  readonly ports: readonly PodPort[];
  /** More for the reader, a line each: address ranges, circuit breaking. */
  readonly notes: readonly string[];
  /** Nearly every workload has an edge with it, so that these edges are drawn on request only. Workloads and entries never are, hubs always. */
  readonly common: boolean;
}

/** Who may call whom, on which ports. There is one edge at most from one node to another of each type. */
export interface MapEdge {
  /** `call`: pods may open a connection. `exposure`: an Ingress, route or load balancer leads there. */
  readonly type: 'call' | 'exposure';
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  /** As `http 8080`, `53/UDP`, `8000-8100`. */
  readonly ports: readonly string[];
  /** Timeouts, retries, rate limits and paths that hold for it, a line each. */
  readonly options: readonly string[];
  /** Policies with a rule that lets it through: NetworkPolicies of the caller, then those of the callee and Linkerd's; as `NetworkPolicy shop/basket`. */
  readonly policies: { readonly egress: readonly string[]; readonly ingress: readonly string[] };
}

/** The map of one cluster, or of one folder. Its lists are sorted: the same objects give the same map. */
export interface FleetMap {
  /** `authorworks/production`. */
  readonly name: string;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}
