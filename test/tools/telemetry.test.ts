import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { catalogue } from '../../charts/catalogue';
import { crds, service } from '../../charts/gitops';
import { logs, traces } from '../../charts/otel-collector';
import { storageClasses } from '../../charts/storage-classes';
import { environments } from '../../overlays/environments';
import { delivered } from '../components/delivered';
import { roleOf } from '../components/native';
import { clusterWith, contract, contractWith } from '../workload/support';
import { cacheFolder, goBuild } from './go';
import { tool, toolModule } from './tool';

// Configurations of Loki and of the collectors are read by Loki and by a collector.

const OTELCOL = join(__dirname, 'otelcol');
/** Version of a module that the collector is built of. */
const moduleVersion = (module: string) => new RegExp(`^\\s${module} v(\\S+)`, 'm').exec(readFileSync(join(OTELCOL, 'go.mod'), 'utf8'))?.[1];
const collectorVersion = moduleVersion('go.opentelemetry.io/collector/otelcol') ?? '';

let loki: string;
let otelcol: string;
beforeAll(() => {
  loki = tool('loki');
  otelcol = join(cacheFolder(), `otelcol-${collectorVersion}`, 'otelcol');
  goBuild({ module: OTELCOL, what: '.', target: otelcol }, (text) => process.stderr.write(`${text}\n`));
});

/** Text of a ConfigMap's file, as rendered for an environment. */
function configs(environment: keyof typeof environments): Readonly<Record<string, string>> {
  const cluster = clusterWith({
    environment: environments[environment],
    ...contractWith({
      roles: { ...contract.roles, 'logging/loki': roleOf('logging/loki') },
      buckets: { logs: { name: 'shop-logs', arn: 'arn:aws:s3:::shop-logs', kmsKey: contract.kmsKeys.data ?? '' } },
    }),
  });
  const components = [
    storageClasses(cluster),
    ...logs(cluster, { loki: {} }),
    ...traces(cluster, { jaeger: {}, keepSlowerThanMs: 1000 }, []),
  ];
  const { objects } = delivered(cluster, components, [service('mesh'), crds('policy.linkerd.io'), crds('gateway.networking.k8s.io')]);
  return Object.fromEntries(objects.of('ConfigMap').map(({ metadata, data }) => [metadata.name, Object.values<string>(data)[0] ?? '']));
}

/** Gives a program a file, and returns its exit code and what it says. */
function read(program: string, text: string, args: (file: string) => readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'telemetry-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.json');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(program, [...args(file)], {
    encoding: 'utf8',
    env: { ...process.env, K8S_NODE_NAME: 'node' },
  });
  return { status, said: `${stdout}${stderr}` };
}

const byLoki = (text: string) => read(loki, text, (file) => ['-verify-config', '-target=all', `-config.file=${file}`]);
const byCollector = (text: string) => read(otelcol, text, (file) => ['validate', `--config=${file}`]);

test('the programs are of the versions that clusters run', () => {
  expect(toolModule(join(__dirname, 'loki')).version).toBe(catalogue.loki.releases[0].version);
  expect(collectorVersion).toBe(catalogue['opentelemetry-collector'].releases[0].version);
});

describe.each(Object.keys(environments) as (keyof typeof environments)[])('in %s', (environment) => {
  const texts = configs(environment);

  test('Loki takes its configuration', () => {
    expect(byLoki(texts['loki-config'] ?? '')).toMatchObject({ status: 0, said: expect.stringContaining('config is valid') });
  });

  test.each(['log-agent-config', 'otel-gateway-config'])('the collector takes %s', (name) => {
    expect(byCollector(texts[name] ?? '')).toEqual({ status: 0, said: '' });
  });
});

test('a field or a component that there is not is refused', () => {
  const { 'loki-config': ofLoki = '', 'log-agent-config': ofAgent = '' } = configs('dev');
  expect(byLoki(ofLoki.replace('retention_period', 'retention_perid'))).toMatchObject({
    status: 1,
    said: expect.stringContaining('retention_perid'),
  });
  expect(byCollector(ofAgent.replace('"poll_interval"', '"pol_interval"')).said).toContain('pol_interval');
  expect(byCollector(ofAgent.replace('ParseJSON(', 'ParseJson(')).said).toContain('ParseJson');
});
