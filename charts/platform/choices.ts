import type { ActionsRunnerChoices } from '../actions-runner/choices';
import type { ArgoCdChoices } from '../argo-cd/choices';
import type { AcmeProps } from '../certificates/acme';
import type { ExternalDnsChoices } from '../external-dns/choices';
import type { KedaChoices } from '../keda';
import type { LinkerdProps } from '../linkerd/props';
import type { LogsChoice, TracesChoice } from '../otel-collector';
import type { Headroom } from '../overprovisioning/headroom';
import type { StorageClassesChoices } from '../storage-classes/chart';
import type { VeleroChoices } from '../velero/choices';
import type { MonitoringChoices } from './monitoring';

/** What a cluster chooses of its components, beside their defaults. Components that every cluster has need no choice. */
export interface PlatformChoices {
  /** Account at Let's Encrypt. @default - no certificates that browsers trust: all public hosts end at load balancers of AWS */
  readonly acme?: AcmeProps;
  /** GitHub Actions runners. @default - none run here */
  readonly actionsRunner?: ActionsRunnerChoices;
  /** @default - its fields' defaults */
  readonly argoCd?: ArgoCdChoices;
  /** Argo Rollouts, for canary and blue-green deployments. @default false */
  readonly argoRollouts?: boolean;
  /** @default - its fields' defaults */
  readonly dns?: ExternalDnsChoices;
  /** KEDA, for scaling by queues and events. @default - it does not run */
  readonly keda?: KedaChoices;
  /** What reads the logs of all pods, and what keeps them. @default - they stay on the nodes, for as long as the kubelet keeps them */
  readonly logs?: LogsChoice;
  /** @default - its fields' defaults */
  readonly mesh?: LinkerdProps;
  /** Prometheus, Alertmanager and what tells them of the cluster. @default - nobody scrapes or alerts */
  readonly monitoring?: MonitoringChoices;
  /** Room that is held free on node groups; it costs what it holds. @default - none */
  readonly overprovisioning?: readonly [Headroom, ...Headroom[]];
  /** @default - its fields' defaults */
  readonly storage?: StorageClassesChoices;
  /** What takes spans in, and what keeps them. @default - nothing does; `telemetry` of a workload is refused */
  readonly traces?: TracesChoice;
  /** Backups to the contract's bucket `backups`. @default - nothing is backed up */
  readonly velero?: VeleroChoices;
}
