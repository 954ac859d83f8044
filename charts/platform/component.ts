import type { App } from 'cdk8s';
import type { NamedChart } from '../../synth/collect';
import type { Component } from '../catalogue';
import type { Capability, Stage, Unit } from '../gitops';
import type { NamespaceProps } from '../namespaces/chart';
import type { Graph, NetworkPart } from '../network';

/** A chart of ours: one Argo CD Application and one folder of dist, both named as the chart. */
export interface RenderedDelivery {
  readonly chart: NamedChart;
  /** Namespace that the Application is destined for. */
  readonly namespace: string;
  /** @default - ordered by its needs alone */
  readonly stage?: Stage;
  /** What others may need, beyond what the objects show: that the program runs. @default - none */
  readonly provides?: readonly Capability[];
  /** What must stand before, beyond what the objects show. @default - none */
  readonly needs?: readonly Capability[];
  /** Cluster-scoped kinds that come from elsewhere, as through a `kustomization.yaml`. @default - none */
  readonly clusterKinds?: Unit['clusterKinds'];
}

/** An upstream source, as Argo CD takes it. */
export interface UpstreamDelivery {
  readonly unit: Unit;
}

export type Delivery = RenderedDelivery | UpstreamDelivery;

/** A third-party component of one cluster: everything that the cluster's other parts have to know of it. */
export interface PlatformComponent {
  /** Entries of the catalogue that it runs: their ranges and notices hold for the cluster. */
  readonly runs: readonly Component[];
  /** Namespaces that it lives in; rendered with all others, by one Application. */
  readonly namespaces: readonly NamespaceProps[];
  /** Its pods, whom they call, and who calls them beside workloads. */
  readonly network: NetworkPart;
  /**
   * Its Applications. Policies of pods that a pinned chart brings (`foreign` parties) are rendered with the namespaces, where they
   * stand before the chart is synced; a chart of ours renders those of its own pods.
   * @param graph - of the whole cluster, this component's part included
   */
  readonly deliver: (app: App, graph: Graph) => readonly Delivery[];
}
