/** Who is told: the people of the clusters and their components, or those of the product. */
export type Team = 'platform' | 'product';

/** `critical` calls a person at any hour: it cannot wait. `warning` is looked at in working hours. */
export type Severity = 'critical' | 'warning';
