import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { layer } from '../../charts/aws/releases';
import { Workload } from '../../charts/workload/definition';
import { fixed } from '../../charts/workload/scaling';
import { clusters } from '../../fleet/clusters';
import type { ClusterDefinition } from '../../fleet/definition';
import { readContract, readReleases } from '../../fleet/read-data';
import { type RenderedCluster, renderCluster } from '../../fleet/render';

const root = resolve(__dirname, '../..');

function render(environment: string, change: Partial<ClusterDefinition> = {}): RenderedCluster {
  const found = clusters.find(({ name }) => name === `authorworks/${environment}`);
  if (found === undefined) throw new Error(`no cluster ${environment}`);
  const { name, releases, tags, ...definition } = found;
  const data = {
    aws: readContract(`overlays/${name}/aws.yaml`, root),
    releases: releases.map((file) => readReleases(file, { environment: definition.environment, tags }, root)).reduce(layer),
  };
  return renderCluster({ ...found, ...change }, data);
}

const dev = render('dev');
const texts = new Map(dev.files.map(({ path, text }) => [path, text]));

describe('a cluster is refused', () => {
  const { props, platform } = clusters.find(({ name }) => name === 'authorworks/dev') as ClusterDefinition;

  it('when a node group is in a zone that the contract does not have', () => {
    const nodeGroups = props.nodeGroups.map((group, i) => (i === 0 ? { ...group, zones: [...group.zones, 'us-east-1z'] } : group));
    expect(() => render('dev', { props: { ...props, nodeGroups } })).toThrow(
      /overlays\/authorworks\/dev\/cluster.ts: node group "[\w-]+" has zone us-east-1z, but overlays\/authorworks\/dev\/aws.yaml has the zones us-/,
    );
  });

  it('when a node group may have more nodes at least than at most', () => {
    const nodeGroups = props.nodeGroups.map((group, i) => (i === 0 ? { ...group, size: { min: 6, max: 3 } } : group));
    expect(() => render('dev', { props: { ...props, nodeGroups } })).toThrow(/node group "[\w-]+" has size 6 to 3; expected/);
  });

  it('when nodes are to set up a mesh that is not there', () => {
    expect(() => render('dev', { props: { ...props, mesh: false, meshCni: true } })).toThrow(/meshCni is on, but the cluster has no mesh/);
  });

  it.each(['namespaces', 'external-secrets', 'secret-stores', 'access'])('when a workload has the name of a component: %s', (name) => {
    const [first] = Object.values(platform.workloads);
    if (first === undefined) throw new Error('no workloads');
    const taken = new Workload(first.kind, name, first.props);
    const workloads = { ...platform.workloads, taken } as typeof platform.workloads;
    expect(() => render('dev', { platform: { ...platform, workloads } })).toThrow(
      new RegExp(`^taken: the name "${name}" is that of a component; .*Name the workload otherwise`),
    );
  });
});

describe('a rendered cluster', () => {
  it('has every object in exactly one file', () => {
    const documents = dev.files.flatMap(({ text }) => parseAllDocuments(text));
    expect(documents).toHaveLength(dev.objects.length);
  });

  it('has a file per object below the folder of its Application, and one bootstrap file', () => {
    expect(texts.has('authorworks/dev/authorworks-gateway/deployment-authorworks-gateway.yaml')).toBe(true);
    const single = dev.files.filter(({ path }) => path.split('/').length === 3).map(({ path }) => path);
    expect(single).toEqual(['authorworks/dev/bootstrap.yaml']);
  });

  it('names the namespace in a file’s name where it is not the Application’s', () => {
    expect(texts.has('authorworks/dev/namespaces/external-secrets.resourcequota-workloads.yaml')).toBe(true);
    expect(texts.has('authorworks/dev/namespaces/resourcequota-workloads.yaml')).toBe(true);
  });

  it('has an Application for each folder, and a folder for each of its own Applications', () => {
    const folders = [...new Set(dev.files.map(({ path }) => path.split('/').slice(0, 3).join('/')))].filter(
      (path) => !path.endsWith('.yaml'),
    );
    const paths = dev.objects.flatMap(({ object }) => {
      const { source } = (object.spec ?? {}) as { source?: { path?: string } };
      return object.kind === 'Application' && source?.path?.startsWith('dist/') === true ? [source.path.slice('dist/'.length)] : [];
    });
    expect(paths.sort()).toEqual(folders.sort());
  });

  it('says which Application carries an object, except of the bootstrap file, which people apply', () => {
    const nobodys = dev.objects
      .filter(({ application }) => application === undefined)
      .map(({ object }) => `${object.kind} ${object.metadata.name}`);
    expect(nobodys.sort()).toEqual(['AppProject bootstrap', 'Application platform', 'Application workloads', 'ConfigMap argocd-cm']);
  });

  it('reports the images that run, those of migrations and PgBouncer too', () => {
    expect(new Set(dev.images)).toContain('authorworks/pgbouncer');
    expect([...new Set(dev.images)].sort()).toEqual(
      readFileSync(join(root, 'overlays/authorworks/dev/releases.yaml'), 'utf8')
        .match(/^ {2}authorworks\/[\w-]+(?=:)/gm)
        ?.map((line) => line.trim())
        .filter((name) => !name.startsWith('authorworks/authorworks'))
        .sort(),
    );
  });

  it('reports the secrets whose version a release pins', () => expect(dev.pinnedSecrets).toEqual(['authorworks-subscription-stripe']));

  it('is the same when it is rendered again', () => expect(render('dev').files).toEqual(dev.files));
});

it('lays the region’s overlay on the environment’s', () => {
  const [production] = clusters.filter(({ name }) => name === 'authorworks/production');
  const overlays = [...(production?.overlays ?? []), { gateway: { env: { LOG_LEVEL: 'error' } } }];
  const text = render('production', { overlays }).files.find(({ path }) => path.endsWith('/deployment-authorworks-gateway.yaml'))?.text;
  // Of the environment's overlay the rest stays.
  expect(text).toMatch(/name: LOG_LEVEL\n\s+value: error\n/);
  expect(text).toContain('cpu: 1000m');
});

it('a fixed number of pods renders replicas and no autoscaler', () => {
  const { objects } = render('dev', { overlays: [{ gateway: { scale: fixed(3) } }] });
  const kinds = objects.filter(({ object }) => object.metadata.name === 'authorworks-gateway').map(({ object }) => object.kind);
  expect(kinds).not.toContain('HorizontalPodAutoscaler');
  const deployment = objects.find(({ object }) => object.kind === 'Deployment' && object.metadata.name === 'authorworks-gateway');
  expect(deployment?.object.spec).toMatchObject({ replicas: 3 });
});

it('a cluster outside a mesh opens no port of a proxy and annotates nothing for it', () => {
  const [found] = clusters.filter(({ name }) => name === 'authorworks/dev');
  if (found === undefined) throw new Error('no dev');
  const text = render('dev', { props: { ...found.props, mesh: false } })
    .files.map((file) => file.text)
    .join('');
  expect(text).not.toMatch(/linkerd|4143|4191/);
});
