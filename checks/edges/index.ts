import type { Check } from '../check';
import { edgeDeclared } from './edge-declared';
import { edgeOpen } from './edge-open';
import { meshAndNetworkAgree } from './mesh-and-network-agree';
import { meshPolicyEffective } from './mesh-policy-effective';
import { networkAuthenticationPods } from './network-authentication-pods';
import { networkPolicyBothEnds } from './network-policy-both-ends';
import { networkPolicyPeerKnown } from './network-policy-peer-known';
import { servicePortNumber } from './service-port-number';

/** What is open equals what is declared, in both layers. */
export const edgeChecks: readonly Check[] = [
  edgeOpen,
  edgeDeclared,
  networkPolicyPeerKnown,
  networkPolicyBothEnds,
  meshAndNetworkAgree,
  meshPolicyEffective,
  networkAuthenticationPods,
  servicePortNumber,
];
