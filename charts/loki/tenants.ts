import type { Graph } from '../network';

/** Tenant of logs from namespaces that nothing here renders. */
export const OTHER_TENANT = 'other';

/**
 * Tenants of Loki, sorted: a namespace each, and {@link OTHER_TENANT}. All of them together, joined by `|`, read everything.
 * @param graph - of the cluster: namespaces are those of pods that it knows
 */
export const tenantsOf = ({ parties }: Pick<Graph, 'parties'>): readonly string[] =>
  [...new Set([...parties.map(({ namespace }) => namespace), OTHER_TENANT])].sort();
