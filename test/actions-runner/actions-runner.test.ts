import { describe, expect, test } from 'vitest';
import { type ActionsRunnerChoices, actionsRunner, type RunnerSet } from '../../charts/actions-runner';
import { type Capability, crds, secretStore, service } from '../../charts/gitops';
import type { PlatformComponent } from '../../charts/platform/component';
import { environments } from '../../overlays/environments';
import { delivered } from '../components/delivered';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';

const secrets = contractWith({ secrets: { ...contract.secrets, 'github-runners': 'shop/dev/github-runners', other: 'shop/dev/other' } });
const SET: RunnerSet = {
  name: 'linux',
  url: 'https://github.com/shop',
  max: 4,
  resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '4Gi' } },
};
const MINIMAL: ActionsRunnerChoices = { sets: [SET], quota: { cpu: '8', memory: '20Gi', pods: 10 } };

const given: readonly Capability[] = [service('external-secrets'), secretStore('aws-secrets-manager'), crds('external-secrets.io')];
const others: PlatformComponent = {
  runs: [],
  namespaces: [],
  network: { parties: [], edges: [] },
  deliver: () => [
    {
      unit: {
        name: 'given',
        tier: 'platform',
        project: 'platform',
        namespace: 'default',
        provides: given,
        needs: [],
        source: { kind: 'git', repoURL: 'https://git.example/x.git', path: '.', tag: 'v1' },
        objects: [],
      },
    },
  ],
};

const render = (choices = MINIMAL, changes = {}) => {
  const cluster = clusterWith({ ...secrets, ...changes });
  return delivered(cluster, [others, actionsRunner(cluster, choices)]);
};

const runnerOf = (values: Rendered): Rendered => values.template.spec;

describe('runners with minimal choices', () => {
  test('start when there is work, and end with it', () => {
    expect(render().values('runners-linux')).toMatchObject({ runnerScaleSetName: 'linux', minRunners: 0, maxRunners: 4 });
  });

  test('run a pinned image without a token of the API server, under Pod Security restricted', () => {
    const spec = runnerOf(render().values('runners-linux'));
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.containers).toHaveLength(1);
    expect(spec.containers[0].image).toMatch(/:\d+\.\d+\.\d+$/);
    expect(spec.containers[0].securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    expect(render().objects.one('Namespace', 'arc-runners').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  test('reach names and the internet on 443, and no pod, node or API server', () => {
    const policy = render().objects.one('NetworkPolicy', 'runners');
    expect(policy.spec.ingress ?? []).toEqual([]);
    const [names, world, ...more] = [...policy.spec.egress].sort((a: Rendered) => (a.ports[0].port === 53 ? -1 : 1));
    expect(more).toEqual([]);
    expect(names.ports.map(({ port }: Rendered) => port)).toEqual([53, 53]);
    expect(world).toEqual({
      to: [
        { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
      ],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
  });

  test('are made by a controller whose rights end at their namespace and its own', () => {
    const { unit, values } = render();
    expect(values('arc-controller').flags.watchSingleNamespace).toBe('arc-runners');
    expect(unit('arc-controller').clusterKinds).toEqual([]);
  });

  test('come after the controller and the key of the GitHub App', () => {
    const { wave, objects } = render();
    expect(wave('runners-linux')).toBeGreaterThan(Math.max(wave('arc-controller'), wave('actions-runner-config')));
    const { metadata, spec } = objects.one('ExternalSecret');
    expect(metadata).toMatchObject({ namespace: 'arc-runners', name: render().values('runners-linux').githubConfigSecret });
    expect(spec.data.map(({ secretKey }: Rendered) => secretKey)).toEqual([
      'github_app_id',
      'github_app_installation_id',
      'github_app_private_key',
    ]);
  });
});

describe('runners with all choices', () => {
  const set: Required<RunnerSet> = {
    ...SET,
    group: 'deploy',
    min: 1,
    workspace: '30Gi',
    nodeGroup: 'picky',
  };
  const choices: Required<ActionsRunnerChoices> = { ...MINIMAL, sets: [set], secret: 'other' };

  test('take them over', () => {
    const { objects, values } = render(choices, { environment: environments.production });
    const linux = values('runners-linux');
    expect(linux).toMatchObject({ runnerGroup: 'deploy', minRunners: 1 });
    expect(runnerOf(linux).volumes[0].emptyDir.sizeLimit).toBe('30Gi');
    expect(JSON.stringify(runnerOf(linux).affinity)).toContain('picky');
    expect(runnerOf(linux).tolerations).toHaveLength(2);
    // The listener is no guest: it stays with the components.
    expect(JSON.stringify(linux.listenerTemplate.spec.affinity)).toContain('plain');
    expect(objects.one('ExternalSecret').spec.data[0].remoteRef.key).toBe('shop/dev/other');
    expect(values('arc-controller').replicaCount).toBe(2);
  });
});

describe('sets that contradict each other', () => {
  test.each<[string, Partial<ActionsRunnerChoices>, RegExp]>([
    ['have one name', { sets: [SET, SET] }, /linux is there twice/],
    ['have a name that is no label', { sets: [{ ...SET, name: 'Linux 1' }] }, /"Linux 1" cannot be a name/],
    [
      'have a url of something else',
      { sets: [{ ...SET, url: 'git@github.com:shop/x' }] },
      /expected a repository, organization or enterprise/,
    ],
    ['want more waiting than there may be', { sets: [{ ...SET, min: 5 }] }, /min 5 and max 4/],
    ['want more than the quota', { quota: { ...MINIMAL.quota, pods: 3 } }, /up to 4 runners, but their quota is 3 pods/],
  ])('are refused when they %s', (_what, changes, message) => {
    expect(() => render({ ...MINIMAL, ...changes })).toThrow(message);
  });
});
