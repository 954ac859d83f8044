import { ApiObject, App, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { collect, NamedChart } from '../../synth/collect';
import { messageOf } from './objects';

function chart(id = 'cart'): NamedChart {
  return new NamedChart(new App(), id);
}

describe('collect', () => {
  test('gives every object of the tree as plain data with its construct path', () => {
    const cart = chart();
    const part = new Construct(cart, 'part');
    new k8s.KubeConfigMap(part, 'config', { metadata: { name: 'config', namespace: 'shop' }, data: { a: '1' } });
    new ApiObject(cart, 'thing', { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'thing' }, spec: { size: 1 } });
    expect(collect(cart, 'cart')).toEqual([
      {
        object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'shop' }, data: { a: '1' } },
        source: 'cart/part/config',
        application: 'cart',
      },
      {
        object: { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'thing' }, spec: { size: 1 } },
        source: 'cart/thing',
        application: 'cart',
      },
    ]);
  });

  test('finds an object that is a child of another object', () => {
    const cart = chart();
    const outer = new k8s.KubeNamespace(cart, 'outer', { metadata: { name: 'outer' } });
    new k8s.KubeNamespace(outer, 'inner', { metadata: { name: 'inner' } });
    expect(collect(cart).map(({ object }) => object.metadata.name)).toEqual(['outer', 'inner']);
  });

  test('leaves the objects of a nested chart to that chart', () => {
    const outer = chart();
    const inner = new NamedChart(new Construct(outer, 'group'), 'inner');
    new k8s.KubeNamespace(outer, 'a', { metadata: { name: 'a' } });
    new k8s.KubeNamespace(inner, 'b', { metadata: { name: 'b' } });
    expect(collect(outer).map(({ source }) => source)).toEqual(['cart/a']);
    expect(collect(inner).map(({ source }) => source)).toEqual(['cart/group/inner/b']);
  });

  test('takes no notice of dependencies between constructs', () => {
    const cart = chart();
    const objects = Array.from({ length: 30 }, (_, index) => new k8s.KubeNamespace(cart, `n${index}`, { metadata: { name: `n${index}` } }));
    for (const [index, object] of objects.entries()) object.addDependency(...objects.slice(index + 1));
    expect(collect(cart).map(({ object }) => object.metadata.name)).toEqual(objects.map(({ name }) => name));
  });

  test('an unnamed object is refused with its construct path', () => {
    expect(() => new k8s.KubeDeployment(chart(), 'deployment')).toThrow(/^cart\/deployment: this Deployment has no name/);
  });
});

describe('values that cdk8s renders wrongly', () => {
  test.each([
    ['Quantity', k8s.Quantity.fromString('1Gi'), '{"value":"1Gi"}'],
    ['IntOrString', k8s.IntOrString.fromNumber(80), '{"value":80}'],
  ])('%s in an object without an L1 class', (type, value, rendered) => {
    const cart = chart();
    new ApiObject(cart, 'thing', {
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'thing' },
      spec: { sizes: [{ max: value }] },
    });
    const message = messageOf(() => collect(cart));
    expect(message).toContain(`cart/thing: spec.sizes[0].max renders as ${rendered}`);
    expect(message).toContain(type);
  });

  test('a bare value where an L1 class wants its own type, and a field that it does not know', () => {
    const cart = chart();
    const limits = { cpu: '500m', memory: k8s.Quantity.fromString('1Gi') } as unknown as Record<string, k8s.Quantity>;
    new k8s.KubePod(cart, 'pod', { metadata: { name: 'pod' }, spec: { containers: [{ name: 'app', resources: { limits } }] } });
    new k8s.KubeService(cart, 'service', {
      metadata: { name: 'service' },
      spec: { ports: [{ port: 80, targetPort: 0 as unknown as k8s.IntOrString }] },
    });
    new k8s.KubeConfigMap(cart, 'config', { metadata: { name: 'config' }, daat: { a: 'b' } } as k8s.KubeConfigMapProps);
    const message = messageOf(() => collect(cart));
    expect(message).toContain('cart/pod: spec.containers[0].resources.limits.cpu is "500m" in the code and missing');
    expect(message).toContain('cart/service: spec.ports[0].targetPort is 0 in the code and missing');
    expect(message).toContain('cart/config: daat.a is "b" in the code and missing');
    expect(message).not.toContain('memory');
  });

  test('what is rendered rightly is let through: typed values, lazy values, patched objects, members named value', () => {
    const cart = chart();
    new k8s.KubePod(cart, 'pod', {
      metadata: { name: 'pod' },
      spec: {
        containers: [
          {
            name: 'app',
            env: [{ name: 'A', value: 'b' }],
            resources: { limits: { cpu: k8s.Quantity.fromNumber(1) }, requests: {} },
            livenessProbe: { httpGet: { port: k8s.IntOrString.fromString('http') } },
          },
        ],
      },
    });
    new ApiObject(cart, 'route', {
      apiVersion: 'example.com/v1',
      kind: 'Route',
      metadata: { name: 'route' },
      spec: { path: { value: '/x' }, late: Lazy.any({ produce: () => ({ value: 1 }) }), nothing: null, missing: undefined },
    });
    const patched = new k8s.KubeService(cart, 'service', { metadata: { name: 'service' }, spec: { type: 'ClusterIP' } });
    patched.addJsonPatch(JsonPatch.remove('/spec/type'));
    expect(collect(cart)).toHaveLength(3);
  });

  test('members that the L1 classes rename are found', () => {
    const cart = chart();
    new k8s.KubeCustomResourceDefinition(cart, 'crd', {
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Thing', plural: 'things' },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openApiv3Schema: { type: 'object', xKubernetesPreserveUnknownFields: true, ref: 'x' } },
          },
        ],
      },
    } as unknown as k8s.KubeCustomResourceDefinitionProps);
    expect(JSON.stringify(collect(cart)[0]?.object)).toContain('"x-kubernetes-preserve-unknown-fields":true');
  });
});
