import { describe, expect, test } from 'vitest';
import { emptyDir, existingClaim, existingSecret } from '../../charts/workload/storage';
import { aService, aWorker, resources } from './fixtures';
import { podOf, render } from './support';

const claims = {
  data: { mountPath: '/data', size: '20Gi', storageClass: 'gp3' },
  index: { mountPath: '/index', size: '1Gi', storageClass: 'io2' },
};

describe('claims', () => {
  const rendered = render(aService({ claims }));
  const { spec } = rendered.one('StatefulSet');

  test('make the workload a StatefulSet', () => {
    expect(rendered.of('Deployment')).toEqual([]);
    expect(
      spec.volumeClaimTemplates.map(({ metadata, spec }: { metadata: { name: string }; spec: object }) => [metadata.name, spec]),
    ).toEqual([
      ['data', { accessModes: ['ReadWriteOnce'], storageClassName: 'gp3', resources: { requests: { storage: '20Gi' } } }],
      ['index', { accessModes: ['ReadWriteOnce'], storageClassName: 'io2', resources: { requests: { storage: '1Gi' } } }],
    ]);
  });

  test('say what they are, as the API server writes it: otherwise Argo CD shows a difference for ever', () => {
    for (const template of spec.volumeClaimTemplates) expect(template).toMatchObject({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
  });

  test('are mounted, by name', () => {
    expect(podOf(rendered, 'StatefulSet').spec.containers[0].volumeMounts).toEqual([
      { name: 'data', mountPath: '/data' },
      { name: 'index', mountPath: '/index' },
    ]);
    expect(podOf(rendered, 'StatefulSet').spec).not.toHaveProperty('volumes');
  });

  test('outlive the pods and the StatefulSet', () => {
    expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  test('come with a headless Service that names the pods, beside the one that others call', () => {
    const headless = rendered.one('Service', spec.serviceName);
    expect(headless.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true, selector: spec.selector.matchLabels });
    expect(rendered.one('Service', 'subject').spec.type).toBe('ClusterIP');
  });

  test('of a worker without ports have a headless Service too', () => {
    const worker = render(aWorker({ claims }));
    expect(worker.of('Service').map(({ metadata }) => metadata.name)).toEqual([worker.one('StatefulSet').spec.serviceName]);
  });
});

test('volumes are scratch space with a limit, existing claims, and existing secrets', () => {
  const volumes = {
    tmp: { source: emptyDir('1Gi'), mountPath: '/tmp' },
    fast: { source: emptyDir('64Mi', 'Memory'), mountPath: '/fast' },
    shared: { source: existingClaim('shared'), mountPath: '/shared', readOnly: true },
    tls: { source: existingSecret('edge-tls'), mountPath: '/tls' },
  };
  const { spec } = podOf(render(aService({ volumes })));
  expect(spec.volumes).toEqual([
    { name: 'fast', emptyDir: { sizeLimit: '64Mi', medium: 'Memory' } },
    { name: 'shared', persistentVolumeClaim: { claimName: 'shared', readOnly: true } },
    { name: 'tls', secret: { secretName: 'edge-tls' } },
    { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
  ]);
  expect(spec.containers[0].volumeMounts).toContainEqual({ name: 'shared', mountPath: '/shared', readOnly: true });
});

describe('disk that scratch space may fill', () => {
  const requests = (volumes: object) => podOf(render(aService({ volumes: volumes as never }))).spec.containers[0].resources.requests;

  test('is requested, rounded up, and on top of what the workload says', () => {
    const volumes = {
      tmp: { source: emptyDir('1Gi'), mountPath: '/tmp' },
      cache: { source: emptyDir('1500k'), mountPath: '/cache' },
    };
    expect(requests(volumes)).toEqual({ ...resources.requests, 'ephemeral-storage': '1026Mi' });
  });

  test('is not what lies in memory, in claims or in secrets', () => {
    const volumes = {
      fast: { source: emptyDir('64Mi', 'Memory'), mountPath: '/fast' },
      shared: { source: existingClaim('shared'), mountPath: '/shared' },
      edge: { source: existingSecret('edge-tls'), mountPath: '/tls' },
    };
    expect(requests(volumes)).toEqual(resources.requests);
  });
});

describe('a name that containers could mount two things by', () => {
  const volume = { source: emptyDir('1Mi'), mountPath: '/a' };
  const config = { mountPath: '/b', files: { x: '1' } };
  const secret = { from: { secret: 'jwt' }, files: { key: 'public' }, onChange: 'reread' } as const;
  const claim = { mountPath: '/d', size: '1Gi', storageClass: 'gp3' };

  test.each([
    ['volume and config', { volumes: { both: volume }, config: { both: config } }],
    ['volume and secret', { volumes: { both: volume }, secrets: { both: secret } }],
    ['config and secret', { config: { both: config }, secrets: { both: secret } }],
    ['config and claim', { config: { both: config }, claims: { both: claim } }],
  ])('is refused: %s', (_, more) => {
    expect(() => render(aService(more))).toThrow(/subject: "both" names two of its volumes, config, secrets and claims.*Rename one/);
  });
});
