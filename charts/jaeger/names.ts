/** Name of Jaeger's objects. */
export const JAEGER = 'jaeger';
/** Ports of its pod: where spans arrive, where it is asked (gRPC, and HTTP with its pages). */
export const JAEGER_PORTS = { otlp: 4317, 'query-grpc': 16685, 'query-http': 16686, metrics: 8888, health: 13133 } as const;
