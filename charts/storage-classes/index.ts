import type { Cluster } from '../cluster';
import type { PlatformComponent } from '../platform/component';
import { StorageClassesChart, type StorageClassesChoices } from './chart';

export { STORAGE_CLASSES, type StorageClassesChoices } from './chart';

/** Kinds of EBS volumes that claims may name; `ebs-gp3` is what those get that name none. The EBS CSI driver is the contract's. */
export function storageClasses(cluster: Cluster, choices: StorageClassesChoices = {}): PlatformComponent {
  return {
    runs: [],
    namespaces: [],
    network: { parties: [], edges: [] },
    deliver: (app) => [{ chart: new StorageClassesChart(app, 'storage-classes', cluster, choices), namespace: 'default' }],
  };
}
