import type { Construct } from 'constructs';
import type { Labels } from '../workload/labels';
import type { Edge } from './edge';
import { meshPolicy } from './mesh-policy';
import type { PodParty } from './party';
import { networkPolicy } from './policy';
import { meshRoutes } from './routes';

/** All policies of a party, in both layers, and the routes of its Service: what a chart calls once for each kind of its pods. */
export function policiesOf(scope: Construct, id: string, party: PodParty, edges: readonly Edge[], labels: Labels): void {
  networkPolicy(scope, id, party, edges, labels);
  meshPolicy(scope, `${id}-mesh`, party, edges, labels);
  meshRoutes(scope, `${id}-route`, party, edges, labels);
}

export type { AddressEdge, CallOptions, Edge, PodEdge } from './edge';
export { type Graph, graphOf, type NetworkPart } from './graph';
export { meshPolicy } from './mesh-policy';
export { MESHED_NAMESPACE, meshedNamespace } from './namespace-policy';
export type { AddressParty, Party, PartyPort, PodParty, TrafficProtocol, TrafficRoute } from './party';
export { networkPolicy } from './policy';
export { meshRoutes } from './routes';
export * from './well-known';
