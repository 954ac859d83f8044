import { describe, expect, test } from 'vitest';
import { podTemplates } from '../../../checks/pods';
import { evaluate } from '../../../checks/security/standard/evaluate';
import { heldLevel } from '../../../checks/security/standard/namespace-level';
import type { JsonObject, KubeObject } from '../../../synth/object';

const RESTRICTED = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'a', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
};

function template(spec: JsonObject) {
  const object: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'web' }, spec };
  return podTemplates([{ object, source: 'test' }])[0]!;
}

function namespace(labels: Record<string, string>, annotations: Record<string, string> = {}): KubeObject {
  const prefixed = Object.fromEntries(Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]));
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web', labels: prefixed, annotations } };
}

const fields = (spec: JsonObject, level: 'privileged' | 'baseline' | 'restricted', minor?: number) =>
  evaluate(template(spec), level, minor).map(({ field }) => field);

describe('the Pod Security Standards', () => {
  test('a hardened pod meets every level', () => {
    expect(fields(RESTRICTED, 'restricted')).toEqual([]);
    expect(fields(RESTRICTED, 'baseline')).toEqual([]);
  });

  test('a pod that says nothing meets baseline, and four controls of restricted refuse it', () => {
    const plain = { containers: [{ name: 'a' }] };
    expect(fields(plain, 'baseline')).toEqual([]);
    expect(fields(plain, 'restricted').sort()).toEqual([
      'spec.containers[0].securityContext.allowPrivilegeEscalation',
      'spec.containers[0].securityContext.capabilities.drop',
      'spec.securityContext.runAsNonRoot',
      'spec.securityContext.seccompProfile.type',
    ]);
  });

  test('privileged refuses nothing', () => {
    expect(fields({ hostPID: true, containers: [{ name: 'a', securityContext: { privileged: true } }] }, 'privileged')).toEqual([]);
  });

  test('what baseline refuses, restricted refuses too', () => {
    const bad = { hostIPC: true, volumes: [{ name: 'v', hostPath: { path: '/' } }], containers: [{ name: 'a', ports: [{ hostPort: 1 }] }] };
    const restricted = fields(bad, 'restricted');
    expect(fields(bad, 'baseline')).toHaveLength(3);
    for (const field of fields(bad, 'baseline')) expect(restricted).toContain(field);
  });

  test('init containers are held like all others', () => {
    expect(fields({ ...RESTRICTED, initContainers: [{ name: 'i', securityContext: { privileged: true } }] }, 'baseline')).toEqual([
      'spec.initContainers[0].securityContext.privileged',
    ]);
  });

  test('the version of Kubernetes decides which sysctls are safe and whether probes may name a host', () => {
    const spec = {
      securityContext: { sysctls: [{ name: 'net.ipv4.tcp_fin_timeout', value: '30' }] },
      containers: [{ name: 'a', livenessProbe: { tcpSocket: { host: 'db', port: 1 } } }],
    };
    expect(fields(spec, 'baseline', 28)).toEqual(['spec.securityContext.sysctls[0].name']);
    expect(fields(spec, 'baseline', 34)).toEqual(['spec.containers[0].livenessProbe.tcpSocket.host']);
  });

  test('null counts as unset', () => {
    expect(fields({ hostPID: null, securityContext: null, containers: [{ name: 'a', securityContext: null }] }, 'baseline')).toEqual([]);
  });

  test('a Windows pod needs none of the Linux controls', () => {
    expect(fields({ os: { name: 'windows' }, containers: [{ name: 'a' }] }, 'restricted')).toEqual(['spec.securityContext.runAsNonRoot']);
  });
});

describe('the level that a namespace is held to', () => {
  test.each([
    [{}, 'restricted'],
    [{ enforce: 'privileged' }, 'privileged'],
    [{ enforce: 'baseline' }, 'baseline'],
    [{ enforce: 'privileged', warn: 'restricted' }, 'restricted'],
    [{ enforce: 'privileged', audit: 'baseline' }, 'baseline'],
    [{ enforce: 'nonsense' }, 'restricted'],
  ])('%o is held to %s', (labels, level) => {
    expect(heldLevel(namespace(labels), 'web').level).toBe(level);
  });

  test('where Linkerd injects, restricted, whatever is enforced', () => {
    expect(heldLevel(namespace({ enforce: 'privileged' }, { 'linkerd.io/inject': 'enabled' }), 'web').level).toBe('restricted');
    expect(heldLevel(namespace({ enforce: 'privileged' }, { 'linkerd.io/inject': 'disabled' }), 'web').level).toBe('privileged');
  });

  test('where the namespace is not known, restricted', () => {
    expect(heldLevel(undefined, 'web').level).toBe('restricted');
  });
});
