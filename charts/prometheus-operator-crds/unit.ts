import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import type { Unit } from '../gitops';
import { crdsUnit } from '../platform/crds-unit';

/** The CRDs of prometheus-operator from its repository: PodMonitors need them, whoever scrapes. */
export const prometheusOperatorCrds = (cluster: Cluster): Unit =>
  crdsUnit(catalogue['prometheus-operator'], cluster, ['monitoring.coreos.com']);
