import type { App } from 'cdk8s';
import { NamedChart } from '../../synth/collect';
import { hostedZone, role } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { program } from '../native/program';
import { type Edge, policiesOf } from '../network';
import { http } from '../workload/probe';
import type { ExternalDnsChoices } from './choices';
import { NAME, PODS, PORT } from './network';
import { ANNOTATION_PREFIX } from './records';
import { externalDnsRole } from './roles';

/** external-dns: its program and its role; one Argo CD Application. */
export class ExternalDnsChart extends NamedChart {
  /** @throws when the contract has no such zone, or no IAM role for it */
  constructor(scope: App, id: string, cluster: Cluster, choices: Required<ExternalDnsChoices>, edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue['external-dns'];
    const release = releaseFor(component, cluster);
    program(this, cluster, {
      component: NAME,
      part: 'controller',
      name: NAME,
      namespace: NAME,
      image: imageOf(component, release, 'controller'),
      version: release.version,
      args: argsOf(cluster, choices),
      env: [{ name: 'AWS_REGION', value: cluster.aws.data.region }],
      ports: { http: PORT },
      // It elects no leader: two would write over each other. Records stay as they are while none runs.
      replicas: 1,
      strategy: 'Recreate',
      annotations: { 'ignore-check.fleet/rollout-downtime': 'Two at once would write over each other, and nobody waits for it.' },
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      liveness: { check: http('/healthz'), initialDelaySeconds: 10, timeoutSeconds: 5 },
      readiness: { check: http('/healthz'), initialDelaySeconds: 5, timeoutSeconds: 5, failureThreshold: 6 },
      // An IAM role must be assumed through exactly this service account.
      accountAnnotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, NAME, NAME) },
      metrics: { port: 'http', path: '/metrics' },
    });
    externalDnsRole(this, choices.sources);
    policiesOf(this, 'network', PODS, edges, componentLabels(NAME, 'controller'));
  }
}

function argsOf({ aws }: Cluster, { sources, zone, policy }: Required<ExternalDnsChoices>): readonly string[] {
  const { id, domain, private: isPrivate } = hostedZone(aws, zone);
  return [
    '--log-format=json',
    ...sources.map((source) => `--source=${source}`),
    `--annotation-prefix=${ANNOTATION_PREFIX}/`,
    ...(sources.includes('service') ? ['--service-type-filter=LoadBalancer'] : []),
    '--provider=aws',
    `--aws-zone-type=${isPrivate ? 'private' : 'public'}`,
    `--domain-filter=${domain}`,
    `--zone-id-filter=${id}`,
    '--aws-zones-cache-duration=1h',
    `--policy=${policy}`,
    '--registry=txt',
    // Who owns a record: clusters of several regions write to one zone.
    `--txt-owner-id=${aws.data.cluster.name}`,
    // A label of its own, so that the zone's own name can have a record of ownership inside the zone.
    '--txt-prefix=_external-dns-%{record_type}.',
    '--interval=1m',
    '--events',
    '--min-event-sync-interval=10s',
    `--metrics-address=:${PORT}`,
  ];
}
