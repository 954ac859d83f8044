/** Namespace of the collectors that read the logs of nodes: theirs alone, since it has to allow folders of nodes. */
export const LOG_AGENTS_NAMESPACE = 'log-agents';
/** Name of what belongs to them. */
export const LOG_AGENT = 'log-agent';
/** Namespace of what takes in spans, and of what keeps them. */
export const TRACING_NAMESPACE = 'tracing';
/** Name of what belongs to the collectors that take in spans. */
export const GATEWAY = 'otel-gateway';

/** Ports of the gateway's pods. `routed`: spans that another of these pods took in, and that this one decides about. */
export const GATEWAY_PORTS = { otlp: 4317, 'otlp-http': 4318, routed: 4316, metrics: 8888, health: 13133 } as const;
/** Ports of the log agents. */
export const AGENT_PORTS = { metrics: 8888, health: 13133 } as const;
