import type { Check } from '../check';
import { containerPortsValid } from './container-ports';
import { externalIps } from './external-ips';
import { ingressConflict } from './ingress-conflict';
import { ingressRules } from './ingress-rules';
import { ingressTls } from './ingress-tls';
import { networkPolicyPorts } from './network-policy-ports';
import { networkPolicyRules } from './network-policy-rules';
import { podIsolation } from './pod-isolation';
import { probePorts } from './probe-ports';
import { servicePorts } from './service-ports';
import { serviceTargetPort } from './service-target-port';

/** Ports, Services, Ingresses and NetworkPolicies. */
export const networkChecks: readonly Check[] = [
  containerPortsValid,
  probePorts,
  servicePorts,
  serviceTargetPort,
  externalIps,
  ingressRules,
  ingressConflict,
  ingressTls,
  networkPolicyRules,
  networkPolicyPorts,
  podIsolation,
];
