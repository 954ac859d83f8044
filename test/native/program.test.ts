import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type ProgramProps, program } from '../../charts/native/program';
import { memoryShare, mostNodes, quotaOf } from '../../charts/native/quota';
import { collect, NamedChart } from '../../synth/collect';
import { clusterWith, objects, type Rendered } from '../workload/support';

const minimal: ProgramProps<'http'> = {
  component: 'tool',
  part: 'server',
  name: 'tool',
  namespace: 'tools',
  image: 'registry.example/tool:1',
  version: '1',
  args: [],
  ports: { http: 8080 },
  resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
};
const render = (props: Partial<ProgramProps<'http'>>) => {
  const chart = new NamedChart(new App(), 'tool');
  program(chart, clusterWith(), { ...minimal, ...props });
  return objects(collect(chart, 'tool'));
};

describe('a program', () => {
  test('that claims volumes is a StatefulSet, whose pods have names under a headless Service', () => {
    const rendered = render({ claims: { data: { mountPath: '/data', size: '5Gi' } } });
    const { spec } = rendered.one('StatefulSet', 'tool');
    const headless = rendered.one('Service', spec.serviceName);
    expect([headless.spec.clusterIP, headless.spec.selector]).toEqual(['None', spec.selector.matchLabels]);
    const [claim] = spec.volumeClaimTemplates;
    expect([claim.metadata.name, claim.spec.storageClassName, claim.spec.resources.requests.storage]).toEqual(['data', 'ebs-gp3', '5Gi']);
    expect(spec.template.spec.containers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
    // A pod's successor has the same revision in a StatefulSet: there is no hash to tell them apart.
    expect(JSON.stringify(spec.template.spec.topologySpreadConstraints)).not.toContain('pod-template-hash');
  });

  test('on every node is a DaemonSet that no taint keeps away, and no drain waits for', () => {
    const rendered = render({ everyNode: true });
    const { spec } = rendered.one('DaemonSet', 'tool').spec.template;
    expect([spec.tolerations, spec.priorityClassName, spec.affinity]).toEqual([
      [{ operator: 'Exists' }],
      'system-node-critical',
      undefined,
    ]);
    expect(rendered.of('PodDisruptionBudget')).toEqual([]);
  });

  test('is a Deployment otherwise', () => {
    expect(render({}).one('Deployment', 'tool').spec.replicas).toBe(1);
    expect(render({}).of('Service')).toEqual([]);
  });

  test('cannot claim volumes on every node', () => {
    expect(() => render({ everyNode: true, claims: { data: { mountPath: '/data', size: '5Gi' } } })).toThrow(/tool runs on every node/);
  });

  test('as root is said to be root, and nothing else', () => {
    const security = (user: number): Rendered => render({ user }).one('Deployment', 'tool').spec.template.spec.securityContext;
    expect(security(0)).toEqual({ runAsUser: 0, runAsGroup: 0, runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } });
    expect(security(65534)).toMatchObject({ runAsUser: 65534, fsGroup: 65534, runAsNonRoot: true });
  });
});

describe('a quota', () => {
  const programs = [{ pods: 2, requests: { cpu: '100m', memory: '64Mi' } }];

  test('has room for one pod more of each, and for pods that are about to end', () => {
    expect(quotaOf(false, programs)).toEqual({ cpu: '300m', memory: '192Mi', pods: 6 });
  });

  test('counts the proxies of the mesh', () => {
    expect(quotaOf(true, programs)).toEqual({ cpu: '600m', memory: '252Mi', pods: 6 });
  });

  test('of pods on every node counts the most nodes that there may be', () => {
    expect(mostNodes(clusterWith())).toBe(8);
  });
});

test('a share of memory is whole MiB; what is no quantity is refused', () => {
  expect(memoryShare('1Gi', 0.9, 'here')).toBe('921MiB');
  expect(() => memoryShare('lots', 0.9, 'here')).toThrow(/here: 'lots' is no quantity/);
});
