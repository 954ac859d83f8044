/**
 * Roots of the mesh, by names of one's own choice (`1`, `2`). Exactly one signs; the others are trusted, so that a change of roots cuts
 * nobody off. docs/mesh-certificates.md tells how to go from one to the next.
 */
export interface TrustAnchors {
  /** Signs the identity issuer. */
  readonly current: string;
  /** Signed before; trusted until no proxy has a certificate of it. @default - none */
  readonly previous?: string;
  /** Will sign; trusted already. @default - none */
  readonly next?: string;
}

/** Where proxies send their spans to (OTLP over gRPC). */
export interface ProxyTracing {
  /** `<service>.<namespace>:<port>` of the collector. */
  readonly endpoint: string;
  /** ServiceAccount of the collector's pods: their identity in the mesh. */
  readonly serviceAccount: string;
  /** Their namespace. */
  readonly namespace: string;
}

/** Choices for the mesh of a cluster. */
export interface LinkerdProps {
  /** @default - `1` signs, and `2` is trusted already */
  readonly anchors?: TrustAnchors;
  /** @default - proxies send no spans */
  readonly tracing?: ProxyTracing;
}

const DEFAULT_ANCHORS: TrustAnchors = { current: '1', next: '2' };

/**
 * Every trusted root, the signing one first.
 * @throws when a name is no part of an object's name, or stands twice
 */
export function anchorsOf({ anchors = DEFAULT_ANCHORS }: LinkerdProps, where: string): readonly [current: string, ...trusted: string[]] {
  const { current, previous, next } = anchors;
  const others = [previous, next].filter((name) => name !== undefined);
  const all = [current, ...others];
  const bad = all.find((name) => !/^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/.test(name));
  if (bad !== undefined) {
    throw new Error(
      `${where}: the mesh's trust anchor "${bad}" cannot be part of an object's name. Take up to 20 small letters, digits and dashes, as "2".`,
    );
  }
  if (new Set(all).size < all.length) {
    throw new Error(
      `${where}: the mesh's trust anchors ${all.join(', ')} name one twice. Give each of current, previous and next a name of its own.`,
    );
  }
  return [current, ...others];
}
