import { describe, expect, test } from 'vitest';
import { aCronJob, aService, aWorker, migration } from './fixtures';
import { type Objects, podOf, type Rendered, render } from './support';

const database = { name: 'orders', poolSize: 5 };
const service = (cluster: object) => render(aService({ database, migration }), { cluster });
const job = (cluster: object) => podOf(service(cluster), 'Job').metadata.annotations ?? {};
const run = (cluster: object) => podOf(render(aCronJob(), { cluster }), 'CronJob').metadata.annotations ?? {};
const reachesMesh = (rendered: Objects, policy: string) =>
  rendered
    .one('NetworkPolicy', policy)
    .spec.egress.some(({ to }: Rendered) => to[0].namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === 'linkerd');

const WAIT = 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds';

describe('in a mesh', () => {
  test('below Kubernetes 1.29 pods of Jobs stay outside: an ordinary proxy never ends', () => {
    for (const annotations of [job({ kubernetes: '1.28' }), run({ kubernetes: '1.28' })]) {
      expect(annotations).toEqual({ 'linkerd.io/inject': 'disabled' });
    }
    expect(reachesMesh(service({ kubernetes: '1.28' }), 'subject-migrate')).toBe(false);
  });

  test.each(['1.29', '1.30', '1.34'])('from Kubernetes 1.29 on (%s) their proxy is a native sidecar', (kubernetes) => {
    for (const annotations of [job({ kubernetes }), run({ kubernetes })]) {
      expect(annotations).toEqual({ 'config.alpha.linkerd.io/proxy-enable-native-sidecar': 'true' });
    }
    expect(reachesMesh(service({ kubernetes }), 'subject-migrate')).toBe(true);
  });

  test('pods that keep running are injected as their namespace says', () => {
    const { annotations } = podOf(service({})).metadata;
    expect(Object.keys(annotations)).toEqual([WAIT]);
    expect(reachesMesh(service({}), 'subject')).toBe(true);
  });

  test('the proxy outlasts the program, but ends within the grace of the pod', () => {
    const waits = (graceSeconds: number) => {
      const { metadata, spec } = podOf(render(aWorker({ termination: { preStopSeconds: 1, graceSeconds } })));
      expect(spec.terminationGracePeriodSeconds).toBe(graceSeconds);
      return metadata.annotations[WAIT];
    };
    expect([waits(3), waits(30), waits(90)]).toEqual(['0', '25', '85']);
    const { metadata, spec } = podOf(service({}));
    expect(metadata.annotations[WAIT]).toBe(String(spec.terminationGracePeriodSeconds - 5));
  });
});

test('without a mesh nothing is said or opened for it', () => {
  for (const kubernetes of ['1.28', '1.30']) {
    const rendered = service({ mesh: false, kubernetes });
    expect(JSON.stringify(rendered.all)).not.toMatch(/linkerd|4143|4191/);
    expect(run({ mesh: false, kubernetes })).toEqual({});
  }
});
