/** PriorityClass of pods that only hold room. */
export const OVERPROVISIONING_CLASS = 'overprovisioning';

/**
 * Its value: below every other pod of the cluster, `batch` included. The cluster autoscaler has to be told of it, since it takes pods below -10
 * for not worth a node.
 */
export const OVERPROVISIONING_PRIORITY = -1000;
