import { componentCall } from '../workload/calls';
import { GATEWAY, GATEWAY_PORTS, TRACING_NAMESPACE } from './names';
import { gatewayParty } from './network';

/** Calls to the collector that takes spans in, by the protocol of OTLP, and where it is reached. Workloads say `telemetry` instead. */
export const COLLECTOR = {
  grpc: {
    call: componentCall(gatewayParty, 'otlp'),
    endpoint: `http://${GATEWAY}.${TRACING_NAMESPACE}.svc.cluster.local:${GATEWAY_PORTS.otlp}`,
  },
  'http/protobuf': {
    call: componentCall(gatewayParty, 'otlp-http'),
    endpoint: `http://${GATEWAY}.${TRACING_NAMESPACE}.svc.cluster.local:${GATEWAY_PORTS['otlp-http']}`,
  },
} as const;
