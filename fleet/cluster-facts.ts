import type { ClusterFacts } from '../checks/facts';
import { clusters as fleet } from './clusters';
import type { ClusterDefinition } from './definition';
import { renderCluster } from './render';
import { readData } from './synth';

/**
 * What the fleet knows of a cluster by its name, for checks of what was rendered before: with who may connect to what, as the sources say
 * now. Nothing of a cluster that the fleet does not have.
 * @param root - the project's folder
 * @throws when the sources of the cluster do not render
 */
export function clusterFacts(root: string, name: string, clusters: readonly ClusterDefinition[] = fleet): Partial<ClusterFacts> {
  const definition = clusters.find((each) => each.name === name);
  return definition === undefined ? {} : renderCluster(definition, readData(root, definition)).facts;
}
