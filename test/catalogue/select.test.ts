import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Component,
  catalogue,
  choose,
  compareVersions,
  imageOf,
  noticesOf,
  releaseFor,
  requireCompatible,
} from '../../charts/catalogue';

const release = (version: string, from: string | undefined, to: string | undefined) => ({
  version,
  kubernetes: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), source: 'test' },
});

const component = (name: string, ...releases: Component['releases']): Component => ({ name, what: 'is tested', licence: 'MIT', releases });

const cluster = (kubernetes: string) => ({ name: 'authorworks/dev', kubernetes });

describe('a component in a cluster', () => {
  const tool = component('tool', release('2.0', '1.31', undefined), release('1.9', '1.25', '1.31'), release('1.5', undefined, '1.24'));

  test.each([
    ['1.34', '2.0'],
    ['1.31', '2.0'],
    ['1.28', '1.9'],
    ['1.9', '1.5'],
  ])('of Kubernetes %s is the newest release meant for it: %s', (kubernetes, version) => {
    expect(releaseFor(tool, cluster(kubernetes)).version).toBe(version);
  });

  test('is refused where no release is meant for its Kubernetes, with the ranges', () => {
    const old = component('old', release('1.9', '1.25', '1.31'));
    expect(() => releaseFor(old, cluster('1.34'))).toThrow(
      /overlays\/authorworks\/dev\/cluster\.ts: kubernetes is '1\.34'.*1\.9 for Kubernetes 1\.25 to 1\.31.*components\/old\.ts/s,
    );
  });

  test('names images with their digest', () => {
    const nginx = catalogue['ingress-nginx'];
    expect(imageOf(nginx, releaseFor(nginx, cluster('1.28')), 'controller')).toMatch(
      /^registry\.k8s\.io\/.*:v1\.12\.8@sha256:[0-9a-f]{64}$/,
    );
    expect(() => imageOf(nginx, releaseFor(nginx, cluster('1.28')), 'backend')).toThrow(/no image "backend"; it has controller/);
  });

  test('compares versions by their numbers', () => {
    expect(compareVersions('1.9', '1.10')).toBeLessThan(0);
    expect(compareVersions('v1.28.7', '1.28.7')).toBe(0);
    expect(compareVersions('2', '1.30.1')).toBeGreaterThan(0);
    expect(compareVersions('edge-25.4.4', 'edge-25.10.7')).toBeLessThan(0);
  });
});

describe('components together', () => {
  const needs = (exception?: string): Component =>
    component('mesh', {
      ...release('1.0', undefined, undefined),
      requires: [{ component: 'api', from: '1.1', to: '1.2', source: 'its docs', ...(exception === undefined ? {} : { exception }) }],
    });
  const api = (version: string) => component('api', release(version, undefined, undefined));
  const chosen = (...components: readonly Component[]) => choose(components, cluster('1.28'));

  test('are refused where one lies outside the range that another states', () => {
    expect(() => requireCompatible(chosen(needs(), api('1.4')), 'authorworks/dev')).toThrow(
      /mesh 1\.0 needs api 1\.1 to 1\.2 \(its docs\).*1\.4/s,
    );
    expect(() => requireCompatible(chosen(needs(), api('1.2')), 'authorworks/dev')).not.toThrow();
  });

  test('are refused where one that another needs is missing, exception or not', () => {
    expect(() => requireCompatible(chosen(needs('tried')), 'authorworks/dev')).toThrow(/needs api, which the cluster does not have/);
  });

  test('render outside the range with a reason, which is said', () => {
    const both = chosen(needs('It was tried.'), api('1.4'));
    expect(() => requireCompatible(both, 'authorworks/dev')).not.toThrow();
    expect(noticesOf(both)).toEqual(['mesh 1.0: upstream states api 1.1 to 1.2, here it is 1.4. It was tried.']);
    expect(noticesOf(chosen(needs('It was tried.'), api('1.1')))).toEqual([]);
  });

  test('that are retired, unmended or of unknown support are named', () => {
    const odd: Component = {
      ...component('odd', { version: '3', kubernetes: { source: 'silence', stated: false }, endOfLife: 'no more mended.' }),
      retired: 'given up.',
    };
    expect(noticesOf(chosen(odd))).toEqual([
      'odd 3: no more mended.',
      'odd 3: upstream does not state which Kubernetes versions it supports (silence).',
      'odd: given up.',
    ]);
  });
});

describe.each(['1.28', '1.34'])('the catalogue on Kubernetes %s', (kubernetes) => {
  test('has a release of everything, and all fit together', () => {
    expect(() => requireCompatible(choose(Object.values(catalogue), cluster(kubernetes)), 'test')).not.toThrow();
  });
});

const REFERENCE = join(__dirname, '../../../shared/reference/components.json');

describe.skipIf(!existsSync(REFERENCE))('the catalogue and the reference data (../shared, skipped where it is absent)', () => {
  /** Where the reference data has another name for a component. */
  const names: Readonly<Record<string, string>> = {
    linkerd: 'linkerd-control-plane',
    'linkerd-cni': 'linkerd2-cni',
    'linkerd-crds': 'linkerd-control-plane',
    alertmanager: 'kube-prometheus-stack',
    jaeger: 'jaeger-v2',
    loki: 'loki-monolithic',
    'opentelemetry-collector': 'otel-collector-agent',
    prometheus: 'kube-prometheus-stack',
    'prometheus-operator': 'kube-prometheus-stack',
    thanos: 'kube-prometheus-stack',
  };

  /** Programs that the reference data knows only by their image, beside the one that the version is of. */
  const beside: readonly string[] = ['alertmanager', 'prometheus', 'thanos'];

  /** What the reference data does not have. */
  const unknown: readonly string[] = ['pause'];

  test.each(Object.keys(catalogue).filter((name) => !unknown.includes(name)))('agree on %s', (name) => {
    const { components } = JSON.parse(readFileSync(REFERENCE, 'utf8'));
    const facts = components[names[name] ?? name];
    for (const kubernetes of ['1.28', '1.34']) {
      const line = facts[kubernetes].sameAs === undefined ? facts[kubernetes] : facts[facts[kubernetes].sameAs];
      const mine = releaseFor(catalogue[name as keyof typeof catalogue], cluster(kubernetes));
      // As `v1.2.3 (…)`, or `prometheus-operator v1.2.3`.
      if (!beside.includes(name)) expect(line.version.split(' ')).toContain(mine.version);
      const known = Object.keys(line.images ?? {}).map((image) => image.replace(/^(?=[a-z]+\/)/, 'docker.io/'));
      for (const { name: image, tag, digest } of Object.values(mine.images ?? {})) {
        expect(tag).not.toBe('latest');
        // What a chart takes as `latest` is pinned here to a release of its own choice.
        if (known.includes(`${image}:latest`)) continue;
        expect(known, `${name} on ${kubernetes}`).toContain(`${image}:${tag}${digest === undefined ? '' : `@${digest}`}`);
      }
    }
  });
});
