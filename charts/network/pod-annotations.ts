import type { Labels } from '../workload/labels';
import type { Edge } from './edge';
import { isPodEdge } from './edge';
import type { PodParty } from './party';
import { isSame } from './policy';

/** Ports that Linkerd takes for opaque unless told otherwise: servers speak first there, or TLS comes later. */
const OPAQUE_BY_DEFAULT = [25, 587, 3306, 4444, 5432, 6379, 9300, 11211];

const OPAQUE = 'config.linkerd.io/opaque-ports';

/** Annotations that tell a party's proxy which of its ports it passes by or does not look into, and which outside ports it leaves alone. */
export function meshPodAnnotations(party: PodParty, edges: readonly Edge[]): Labels {
  if (!party.meshed) return {};
  const passed = portsWith(party, 'outside');
  const skipped = skippedOutbound(party, edges);
  return {
    ...meshServiceAnnotations(party),
    ...(passed === '' ? {} : { 'config.linkerd.io/skip-inbound-ports': passed }),
    ...(skipped.length === 0 ? {} : { 'config.linkerd.io/skip-outbound-ports': skipped.join(',') }),
  };
}

/** Annotations that tell callers' proxies which ports of a party's Service they must not look into. */
export function meshServiceAnnotations(party: PodParty): Labels {
  const opaque = party.meshed ? portsWith(party, 'opaque') : '';
  return opaque === '' ? {} : { [OPAQUE]: opaque };
}

/**
 * Ports of outside addresses that a party's proxy has to leave alone, sorted: it would wait for the first bytes of a caller that waits
 * for the server's. The NetworkPolicy judges them all the same.
 */
export function skippedOutbound(party: PodParty, edges: readonly Edge[]): readonly number[] {
  const ports = edges.flatMap((edge) => {
    if (isPodEdge(edge) || !isSame(edge.from, party) || (edge.tlsFirst ?? edge.port === 443)) return [];
    return OPAQUE_BY_DEFAULT.includes(edge.port) ? [] : [edge.port];
  });
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Numbers of the ports that the mesh treats in this way, as annotations list them. */
const portsWith = ({ ports }: PodParty, mesh: 'opaque' | 'outside'): string =>
  Object.values(ports)
    .flatMap((port) => (port.mesh === mesh ? [port.number] : []))
    .sort((a, b) => a - b)
    .join(',');
