import type { Labels } from '../workload/labels';

/** Before the names of its annotations; stated to it, since upstream is about to take another. */
export const ANNOTATION_PREFIX = 'external-dns.alpha.kubernetes.io';

interface AnyRegionalRecord {
  /** Tells this cluster's record from those of the same name that other clusters write; as the EKS cluster's name. */
  readonly identifier: string;
  /** Id of a Route 53 health check that must be well for the record to be answered. @default - the health of the load balancer itself */
  readonly healthCheck?: string;
}

/** Answered as long as it is well (`primary`), or only while the primary is not (`secondary`). */
export interface FailoverRecord extends AnyRegionalRecord {
  readonly routing: 'failover';
  readonly role: 'primary' | 'secondary';
}

/** Answered to those for whom this region is the nearest. */
export interface LatencyRecord extends AnyRegionalRecord {
  readonly routing: 'latency';
  /** AWS region, as `eu-west-1`. */
  readonly region: string;
}

/** One of several records of one name, each written by the cluster of its region. */
export type RegionalRecord = FailoverRecord | LatencyRecord;

const HEALTH_CHECK = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Annotations of an Ingress, Service or HTTPRoute that make external-dns write its names as regional records.
 * @throws when the health check is no id of one
 */
export function recordAnnotations(record: RegionalRecord): Labels {
  const { identifier, healthCheck } = record;
  if (healthCheck !== undefined && !HEALTH_CHECK.test(healthCheck)) {
    throw new Error(
      `DNS record "${identifier}": healthCheck is '${healthCheck}'; expected the id of a Route 53 health check, as 01234567-89ab-cdef-0123-456789abcdef.`,
    );
  }
  return {
    [`${ANNOTATION_PREFIX}/set-identifier`]: identifier,
    ...(record.routing === 'failover'
      ? { [`${ANNOTATION_PREFIX}/aws-failover`]: record.role.toUpperCase() }
      : { [`${ANNOTATION_PREFIX}/aws-region`]: record.region }),
    ...(healthCheck === undefined ? {} : { [`${ANNOTATION_PREFIX}/aws-health-check-id`]: healthCheck }),
    [`${ANNOTATION_PREFIX}/aws-evaluate-target-health`]: 'true',
  };
}
