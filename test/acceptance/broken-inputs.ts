import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { remove } from '../../charts/overlay/value';
import { endpoint } from '../../charts/workload/calls';
import { Workload } from '../../charts/workload/definition';
import type { AnyOverlay } from '../../charts/workload/resolve';
import { emptyDir } from '../../charts/workload/storage';
import { clusters } from '../../fleet/clusters';
import type { ClusterDefinition } from '../../fleet/definition';
import { edit } from './project';

/** One thing that is wrong, and what people must be told about it. */
export interface BrokenInput {
  readonly name: string;
  /** Breaks a data file of the copy. @default - the data stays */
  readonly data?: (root: string) => void;
  /** Production, broken. @default - production as it is */
  readonly fleet?: readonly ClusterDefinition[];
  /** File or construct path, then the value found, then the mend. */
  readonly says: readonly [where: string, value: string, mend: string];
}

const AWS = 'overlays/authorworks/production/aws.yaml';
const RELEASES = 'overlays/authorworks/production/releases.yaml';
const LOCK = 'overlays/authorworks/production/names.yaml';
const ROLE = 'authorworks/authorworks-content: arn:aws:iam::333344445555:role/authorworks-production-content';

/** The cluster that is broken below; the others would only take their time. */
export const PRODUCTION = clusters.filter(({ name }) => name === 'authorworks/production');

function production(change: (definition: ClusterDefinition) => ClusterDefinition): readonly ClusterDefinition[] {
  return PRODUCTION.map(change);
}

/** Production with one more overlay. Unchecked on purpose: ts-node does not check types either. */
function overlay(fields: Readonly<Record<string, unknown>>): readonly ClusterDefinition[] {
  return production((definition) => ({ ...definition, overlays: [...definition.overlays, fields as AnyOverlay] }));
}

/** Production with a workload replaced, or one more. */
function workload(key: string, change: (workload: Workload) => Workload, from = key): readonly ClusterDefinition[] {
  return production((definition) => {
    const { workloads } = definition.platform;
    const known = workloads[from];
    if (known === undefined) throw new Error(`authorworks has no workload ${from}`);
    return { ...definition, platform: { ...definition.platform, workloads: { ...workloads, [key]: change(known) } } };
  });
}

/** Everything that must stop a run, one at a time. */
export const BROKEN: readonly BrokenInput[] = [
  {
    name: 'a contract value that is missing',
    data: (root) => edit(root, AWS, 'serviceCidr: 172.20.0.0/16\n', ''),
    says: [`${AWS}:2 serviceCidr`, 'found:    nothing', 'to mend:  add the key'],
  },
  {
    name: 'a contract key that nobody knows',
    data: (root) => edit(root, AWS, '\nzones:', '\nzone: us-east-1a\nzones:'),
    says: [`${AWS}:11 zone`, 'found:    an unknown key', 'to mend:  correct the spelling, or remove the key'],
  },
  {
    name: 'an ARN that is none',
    data: (root) => edit(root, AWS, ROLE, ROLE.replace('iam::', 'iam:')),
    says: ['roles["authorworks/authorworks-content"]', '"arn:aws:iam:333344445555:role/', 'to mend:  copy the whole ARN'],
  },
  {
    name: 'an ARN of another account',
    data: (root) => edit(root, AWS, ROLE, ROLE.replace('333344445555', '999999999999')),
    says: ['roles["authorworks/authorworks-content"]', 'account 999999999999', 'to mend:  copy the value of this cluster'],
  },
  {
    name: 'an ARN of another region',
    data: (root) => edit(root, AWS, 'region: us-east-1\n', 'region: eu-west-1\n'),
    says: [`${AWS}:`, 'us-east-1', 'to mend:'],
  },
  {
    name: 'the tag latest in production',
    data: (root) => {
      const [entry = ''] = /authorworks\/content:\n\s+tag: \S+/.exec(readFileSync(join(root, RELEASES), 'utf8')) ?? [];
      edit(root, RELEASES, entry, 'authorworks/content:\n    tag: latest');
    },
    says: [`${RELEASES}:`, '"latest", a floating tag', 'to mend:  release a version'],
  },
  {
    name: 'an image without a release',
    data: (root) => edit(root, RELEASES, '  authorworks/nightly:\n    tag: v1.0.5\n', ''),
    says: [RELEASES, 'no entry "authorworks/nightly"', 'Add the entry with a tag'],
  },
  {
    name: 'a contract that is no YAML',
    data: (root) => edit(root, AWS, 'zones: [us-east-1a, ', 'zones: [us-east-1a, ['),
    says: [`${AWS}:`, 'found:', 'to mend:'],
  },
  {
    name: 'an autoscaler whose minimum exceeds its maximum',
    fleet: overlay({ gateway: { scale: { min: 9, max: 4 } } }),
    says: ['authorworks-gateway/hpa', 'minReplicas is 9, more than maxReplicas 4', 'mend: Set minReplicas and maxReplicas'],
  },
  {
    name: 'a limit below its request',
    fleet: overlay({ gateway: { resources: { limits: { memory: '64Mi' } } } }),
    says: ['authorworks-gateway/deployment', '"512Mi", more than its limit "64Mi"', 'mend: Lower the request or raise the limit'],
  },
  {
    name: 'a quantity that is none',
    fleet: overlay({ gateway: { resources: { limits: { cpu: '1 core' } } } }),
    says: ['authorworks-gateway/deployment', '"1 core"', 'mend:'],
  },
  {
    name: 'two workloads of one name',
    fleet: workload('again', (gateway) => gateway, 'gateway'),
    says: ['apps/authorworks', '"gateway" and "again" are both named "authorworks-gateway"', 'Give each a name of its own'],
  },
  {
    name: 'a label of 70 characters',
    fleet: overlay({ gateway: { podLabels: { team: 'x'.repeat(70) } } }),
    says: ['authorworks-gateway/deployment', 'has 70 characters; expected at most 63', 'mend: Shorten'],
  },
  {
    name: 'a name of 70 characters',
    fleet: workload('again', ({ kind, props }) => new Workload(kind, 'x'.repeat(70), props), 'nightly'),
    says: ['x'.repeat(70), '1 to 63', 'choose another'],
  },
  {
    name: 'two volumes at one path',
    fleet: overlay({ content: { volumes: { more: { source: emptyDir('1Gi'), mountPath: '/var/uploads' } } } }),
    says: [
      'authorworks-content/deployment',
      'more and uploads are both mounted at /var/uploads',
      'mend: Give every mount an absolute path of its own',
    ],
  },
  {
    name: 'a probe on a port that is not declared',
    fleet: overlay({ gateway: { readiness: { port: 'admin' } } }),
    says: ['gateway.readiness', 'port "admin"', 'Name one of them, or add it to `ports`'],
  },
  {
    name: 'metrics on a port that is not declared',
    fleet: overlay({ gateway: { metrics: { port: 'admin' } } }),
    says: ['gateway.metrics.port', 'port "admin", but the ports are http, metrics', 'Name one of them, or add it to `ports`'],
  },
  {
    name: 'the cron expression 61 * * * *',
    fleet: overlay({ nightly: { schedule: '61 * * * *' } }),
    says: ['authorworks-nightly/cronjob', '61 is no minute, expected 0 to 59', 'mend: Write minute 0-59'],
  },
  {
    name: 'a call to a port that does not exist',
    fleet: overlay({ nightly: { calls: () => [PRODUCTION[0]?.platform.workloads.userService?.on('htp')] } }),
    says: ['nightly: calls port "htp"', 'has the ports http, metrics', 'Only ports of services can be called'],
  },
  {
    name: 'a call to an endpoint that the contract does not have',
    fleet: overlay({ nightly: { calls: () => [endpoint('stripes')] } }),
    says: [`${AWS}: endpoints`, '"stripes"', 'Add the entry, or correct the name'],
  },
  {
    name: 'a node group that the cluster does not have',
    fleet: overlay({ nightly: { nodeGroup: 'spots' } }),
    says: ['nodeGroup of nightly', '"spots"', 'Name one of these'],
  },
  {
    name: 'a cluster that the fleet forgot',
    fleet: [],
    says: ['overlays/authorworks/production/names.yaml', 'fleet/clusters.ts does not list it', 'List it again or'],
  },
  {
    name: 'a patch that takes the namespace away',
    fleet: overlay({ gateway: { patch: [{ kind: 'Service', operations: [{ op: 'remove', path: '/metadata/namespace' }] }] } }),
    says: ['authorworks-gateway/service', 'makes it Service authorworks-gateway', 'change the construct instead'],
  },
  {
    name: 'a patch that hits nothing',
    fleet: overlay({ gateway: { patch: [{ kind: 'Service', name: 'gateway', merge: { spec: { type: 'NodePort' } } }] } }),
    says: ['Service gateway', 'Service authorworks/authorworks-gateway', 'Correct its name or namespace, or take the patch out'],
  },
  {
    name: 'a selector that changed',
    fleet: workload(
      'mediaWorker',
      ({ kind, name, props, edges }) => new Workload(kind, name, { ...props, selector: { app: 'media' } }, edges),
    ),
    says: [
      `${LOCK}: Deployment authorworks/authorworks-media-worker`,
      'rendered with (app=media)',
      'Undo the change, or, if that is meant, add under `moved`',
    ],
  },
  {
    name: 'a workload that was renamed',
    fleet: workload('nightly', ({ kind, props, edges }) => new Workload(kind, 'authorworks-batch', props, edges)),
    says: [`${LOCK}: CronJob authorworks/authorworks-nightly`, 'CronJob authorworks/authorworks-batch', 'add under `moved`'],
  },
  {
    name: 'a workload that was removed',
    fleet: overlay({ nightly: remove }),
    says: [`${LOCK}: CronJob authorworks/authorworks-nightly`, 'locked but not rendered any more', 'add under `removed`'],
  },
  {
    name: 'an unknown field in an overlay, past the types',
    fleet: overlay({ gateway: { replicas: 3 } }),
    says: ['gateway.replicas', 'no such field', 'Correct the name'],
  },
  {
    name: 'an unknown field of a field in an overlay, past the types',
    fleet: overlay({ gateway: { resources: { limit: { cpu: '2' } } } }),
    says: ['gateway.resources.limit', 'no such field; there are requests, limits', 'Correct the name'],
  },
  {
    name: 'an overlay of a workload that does not exist, past the types',
    fleet: overlay({ gatway: { env: { LOG_LEVEL: 'debug' } } }),
    says: ['overlays/authorworks', 'changes "gatway", but the workloads are gateway,', 'Correct the name'],
  },
];
