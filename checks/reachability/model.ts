import type { SourcedObject } from '../../synth/object';

/** Protocols that policies know. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** Addresses of one or more ranges, less the exceptions: an `ipBlock`, or several under one name. */
export interface Addresses {
  readonly name: string;
  readonly blocks: readonly { readonly cidr: string; readonly except?: readonly string[] }[];
}

/** A port that pods listen on. */
export interface PodPort {
  readonly port: number;
  readonly protocol: Protocol;
  /** @default - the port has no name */
  readonly name?: string;
}

/** Pods that are alike: of one template, or of a component that is not rendered here. */
export interface PodGroup {
  /** `<namespace>/<name of the controller>`. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Whether the mesh's proxy stands before the pods. */
  readonly meshed: boolean;
  readonly ports: readonly PodPort[];
  /** CIDRs that the pods get their addresses from. @default - those of all pods, where the facts say which */
  readonly addresses?: readonly string[];
  /** @default - not rendered here */
  readonly subject?: SourcedObject;
}

/** Pods that exist in a cluster although nothing here renders them: its DNS, the pods of pinned charts. */
export type ForeignPods = Omit<PodGroup, 'subject'>;

/** One end of a connection: pods by their id, or addresses. */
export type End = { readonly pods: string } | { readonly addresses: Addresses };

/** Ports that may be reached: `first` to `last`, both included. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

/** A connection that is meant: what `.calls(…)` and the needs of components say. */
export interface DeclaredEdge extends PortRange {
  readonly from: End;
  readonly to: End;
  /** For the reader: `authorworks-gateway calls http of authorworks-content`. */
  readonly name: string;
}

/**
 * An end of a connection that is open: also each of many pods at once, since in a cluster without policies every pod reaches every other,
 * and nobody wants to read all pairs.
 */
export type ReachedEnd = End | { readonly each: readonly string[]; readonly except?: readonly string[] };

/** A connection that is open. */
export interface ReachedEdge extends PortRange {
  readonly from: ReachedEnd;
  readonly to: ReachedEnd;
  /** Who opens it: NetworkPolicy alone (an unmeshed callee, a port outside the mesh, a protocol other than TCP), or NetworkPolicy and Linkerd together. */
  readonly layers: 'network' | 'network and mesh';
}
