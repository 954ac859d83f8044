import { basename, dirname, join } from 'node:path';
import { semanticVersion } from '../../charts/aws/tags';
import type { Workload } from '../../charts/workload/definition';
import { service } from '../../charts/workload/definition';
import { platform } from '../../charts/workload/platform';
import { http } from '../../charts/workload/probe';
import { allChecks } from '../../checks';
import type { Check, Finding } from '../../checks/check';
import { runChecks } from '../../checks/run';
import { readContract } from '../../fleet/read-data';
import { renderCluster } from '../../fleet/render';
import { productionCluster } from '../../overlays/authorworks/production/cluster';
import { checkNames } from '../../synth/names';
import { emptyLock } from '../../synth/names-file';
import { writeDist } from '../../synth/writer';
import { type ServiceSpec, specs } from '../specs';
import type { SubjectReport, SubjectRun } from './subject';

const ROOT = join(__dirname, '..', '..');

/** The whole way of the fleet for one cluster: `service()`, overlays, workload charts, Applications, checks, name lock, writer. */
export function workloads({ services, folder, meter }: SubjectRun): SubjectReport {
  const all = specs(services);
  const definition = {
    name: 'authorworks/production',
    platform: platform('authorworks', workloadsOf(all)),
    environment: 'production' as const,
    props: {
      ...productionCluster,
      quota: { cpu: '1000000', memory: '4000Ti', pods: 1_000_000 },
      nodeGroups: productionCluster.nodeGroups.map((group) => ({ ...group, size: { min: 3, max: 100_000 } })),
    },
    overlays: [
      Object.fromEntries(all.map(({ name, cpu }) => [name, { env: { LOG_LEVEL: 'warn' }, resources: { limits: { cpu: `${4 * cpu}m` } } }])),
    ],
    releases: [],
    tags: semanticVersion,
  };
  const images = Object.fromEntries(all.map((spec) => [imageOf(spec), { tag: 'v1.2.3' }]));
  const data = {
    aws: readContract('overlays/authorworks/production/aws.yaml', ROOT),
    releases: { files: ['bench'], data: { images, secretVersions: {} } },
  };
  const { files, objects, facts } = meter.phase('render', () => renderCluster(definition, data));
  const times = new Map<string, number>();
  const { findings } = meter.phase('check', () => {
    const result = runChecks(
      objects,
      facts,
      allChecks.map((check) => timed(check, times)),
    );
    checkNames(emptyLock('names.yaml'), objects);
    return result;
  });
  const { added, changed } = meter.phase('write', () => writeDist(dirname(folder), files, basename(folder)));
  return {
    files: files.length,
    characters: files.reduce((sum, { text }) => sum + text.length, 0),
    extra: { written: added.length + changed.length, objects: objects.length, findings: findings.length },
    checks: Object.fromEntries(times),
    findings: countByCheck(findings),
  };
}

function workloadsOf(all: readonly ServiceSpec[]): Readonly<Record<string, Workload>> {
  const made: Record<string, Workload> = {};
  all.forEach((spec, index) => {
    const next = all[(index + all.length - 1) % all.length]?.name;
    made[spec.name] = service(spec.name, {
      image: imageOf(spec),
      nodeGroup: 'application',
      ports: { http: spec.port },
      resources: {
        requests: { cpu: `${spec.cpu}m`, memory: `${spec.memory}Mi` },
        limits: { cpu: `${2 * spec.cpu}m`, memory: `${2 * spec.memory}Mi` },
      },
      liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
      readiness: { check: http('/ready'), initialDelaySeconds: 5, periodSeconds: 5 },
      scale: { min: spec.min, max: spec.max },
      expose: { host: spec.name },
      config: {
        settings: { files: { 'settings.yaml': `service: ${spec.name}\nlisten: 0.0.0.0:${spec.port}\n` }, mountPath: '/etc/service' },
      },
      env: { LOG_LEVEL: 'info' },
      metrics: { port: 'http', path: '/metrics' },
    }).calls(() => {
      const callee = next === undefined ? undefined : made[next];
      return callee === undefined ? [] : [callee.on('http')];
    });
  });
  return made;
}

function imageOf({ name }: ServiceSpec): string {
  return `shop/${name}`;
}

/** The same check, which adds its seconds to `times`. */
function timed(check: Check, times: Map<string, number>): Check {
  return {
    ...check,
    run: (objects, facts) => {
      const before = performance.now();
      const reports = [...check.run(objects, facts)];
      times.set(check.id, (times.get(check.id) ?? 0) + (performance.now() - before) / 1e3);
      return reports;
    },
  };
}

function countByCheck(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { check } of findings) counts[check] = (counts[check] ?? 0) + 1;
  return counts;
}
