/** Namespace of Loki. */
export const LOGGING_NAMESPACE = 'logging';
/** Name of its objects. */
export const LOKI = 'loki';
/** Ports of its pods. */
export const PORTS = { http: 3100, grpc: 9095, gossip: 7946 } as const;
