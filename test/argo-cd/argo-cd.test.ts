import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type ArgoCdChoices, argoCd } from '../../charts/argo-cd';
import { argocdSettings, type Capability, crds, ingressClass, issuer, secretStore, service } from '../../charts/gitops';
import { unitApplication } from '../../charts/gitops/application';
import type { PlatformComponent } from '../../charts/platform/component';
import { environments } from '../../overlays/environments';
import { collect, NamedChart } from '../../synth/collect';
import { delivered } from '../components/delivered';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';

const secrets = contractWith({
  secrets: {
    ...contract.secrets,
    'argocd-oidc': 'shop/dev/argocd-oidc',
    'argocd-notifications': 'shop/dev/argocd-notifications',
    'argocd-repository': 'shop/dev/argocd-repository',
  },
});

const given: readonly Capability[] = [
  service('external-secrets'),
  secretStore('aws-secrets-manager'),
  crds('external-secrets.io'),
  service('cert-manager'),
  crds('cert-manager.io'),
  issuer('letsencrypt'),
  ingressClass('nginx'),
];
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

const render = (choices?: ArgoCdChoices, changes = {}) => {
  const cluster = clusterWith({ ...secrets, ...changes });
  return delivered(cluster, [others, argoCd(cluster, choices)]);
};

const ALL: Required<ArgoCdChoices> = {
  host: 'argocd.dev.shop.example',
  login: { issuer: 'https://login.shop.example', clientId: 'argocd' },
  repositorySecret: 'argocd-repository',
  notifications: { slack: { failures: 'ops', deployments: 'ships' }, github: { appId: 12, installationId: 34 } },
};

describe('Argo CD with minimal choices', () => {
  test.each([
    ['1.28', '7.9.1'],
    ['1.34', '10.1.1'],
  ])('on Kubernetes %s is chart %s', (kubernetes, version) => {
    expect(render({}, { kubernetes }).unit('argo-cd').source).toMatchObject({ kind: 'chart', version });
  });

  test('has the settings of the bootstrap file, value for value: neither takes away what the other applied', () => {
    expect(render().values('argo-cd').configs.cm).toMatchObject(argocdSettings);
    expect(Object.keys(argocdSettings)).not.toEqual([]);
  });

  test('has an admin user in dev alone', () => {
    const admin = (name: keyof typeof environments) =>
      render({}, { environment: environments[name] }).values('argo-cd').configs.cm['admin.enabled'];
    expect([admin('dev'), admin('staging'), admin('production')]).toEqual(['true', 'false', 'false']);
  });

  test('gives nobody anything by default, lets all groups look around, and admins alone act on the roots', () => {
    const { rbac } = render().values('argo-cd').configs;
    expect(rbac['policy.default']).toBe('');
    const lines: string[] = rbac['policy.csv'].trim().split('\n');
    const members = (role: string) =>
      lines.filter((line) => line.startsWith('g,') && line.endsWith(role)).map((line) => line.split(', ')[1]);
    expect(members('role:looks')).toEqual(['shop-admins', 'shop-developers', 'shop-interns', 'shop-readers']);
    expect(members('role:keeps-roots')).toEqual(['shop-admins']);
    expect(lines.filter((line) => /role:looks, .*(sync|update|delete|create|\*, bootstrap)/.test(line))).toEqual([]);
  });

  test('quotes a group whose name has a comma', () => {
    const groups = { admin: ['cn=ops,dc=shop'], developer: [], readOnly: [] };
    const aws = { ...secrets.aws, data: { ...secrets.aws.data, groups } };
    expect(render({}, { aws }).values('argo-cd').configs.rbac['policy.csv']).toContain('g, "cn=ops,dc=shop", role:looks');
  });

  test('needs neither secrets nor an entrance', () => {
    const { objects, units } = render();
    expect(units.map(({ name }) => name)).not.toContain('argo-cd-config');
    expect(objects.of('ExternalSecret')).toEqual([]);
  });

  test('is not deleted with its Application, even where deleting cascades', () => {
    const cluster = clusterWith(secrets);
    const chart = new NamedChart(new App(), 'platform');
    const policy = {
      branch: 'develop',
      platform: { sync: 'automatic', prune: true, selfHeal: true },
      workloads: { sync: 'manual' },
      pruneConfirm: false,
      finalizer: true,
      developers: 'read',
    } as const;
    const facts = { cluster: cluster.name, repositories: cluster.repositories, groups: cluster.aws.data.groups };
    for (const unit of [render().unit('argo-cd'), { ...render().unit('argo-cd'), name: 'other', keepOnDelete: false }])
      unitApplication(chart, unit, 0, facts, policy);
    const finalizers = Object.fromEntries(
      collect(chart).map(({ object }) => [object.metadata.name, (object.metadata as Rendered).finalizers ?? []]),
    );
    expect(finalizers).toMatchObject({ 'argo-cd': [], other: [expect.stringContaining('finalizer')] });
  });
});

describe('Argo CD with all choices', () => {
  test('is two servers and two repo servers where the environment is highly available', () => {
    const { server, repoServer, controller } = render(ALL, { environment: environments.production }).values('argo-cd');
    expect([server.replicas, repoServer.replicas, controller.replicas]).toEqual([2, 2, 1]);
  });

  test('logs people in by a secret that it may read', () => {
    const { objects, values } = render(ALL);
    const { metadata, spec } = objects.one('ExternalSecret', 'argocd-oidc');
    expect(values('argo-cd').configs.cm['oidc.config']).toContain(`clientSecret: $${metadata.name}:clientSecret`);
    expect(spec.target.template.metadata.labels).toEqual({ 'app.kubernetes.io/part-of': 'argocd' });
    expect(values('argo-cd').global.domain).toBe('argocd.dev.shop.example');
  });

  test('reads repositories with the key that their address takes, once where both tiers have one', () => {
    const keys = (url: string, workloads = url) =>
      render(ALL, { repositories: { platform: url, workloads } })
        .objects.of('ExternalSecret')
        .filter(({ spec }: Rendered) => spec.target.template.metadata.labels['argocd.argoproj.io/secret-type'] === 'repository')
        .map(({ spec }: Rendered) => Object.keys(spec.target.template.data).sort());
    expect(keys('https://git.example/shop.git')).toEqual([
      ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey', 'type', 'url'],
    ]);
    expect(keys('git@git.example:shop.git')).toEqual([['sshPrivateKey', 'type', 'url']]);
    expect(keys('git@git.example:shop.git', 'https://git.example/shop.git')).toHaveLength(2);
  });

  test('keeps its secrets when the object that fetched them goes', () => {
    const kept = render(ALL).objects.of('ExternalSecret');
    expect(kept.map(({ spec }: Rendered) => spec.target.creationPolicy)).toEqual(Array(3).fill('Orphan'));
  });

  test('names every template that a trigger sends, and every trigger and service that a subscription names', () => {
    const { notifiers, subscriptions, templates, triggers } = render(ALL).values('argo-cd').notifications;
    const sent = Object.values<string>(triggers).flatMap((text) =>
      [...text.matchAll(/^ +- ([a-z-]+)$/gm)].map(([, name]) => `template.${name}`),
    );
    expect(sent).toHaveLength(Object.keys(triggers).length);
    for (const name of sent) expect(Object.keys(templates)).toContain(name);
    for (const { recipients, triggers: named } of subscriptions) {
      for (const name of named) expect(Object.keys(triggers)).toContain(`trigger.${name}`);
      for (const recipient of recipients) expect(Object.keys(notifiers)).toContain(`service.${recipient.split(':')[0]}`);
    }
    expect(subscriptions.flatMap(({ recipients }: Rendered) => recipients)).toEqual(['slack:ops', 'slack:ships', 'github:']);
  });

  test('writes statuses on commits of our own repositories alone', () => {
    const { triggers } = render(ALL).values('argo-cd').notifications;
    for (const name of ['trigger.on-commit-deployed', 'trigger.on-commit-failed'])
      expect(triggers[name]).toContain("app.spec.source.repoURL in ['https://git.example/shop.git']");
  });

  test('holds keys by name alone', () => {
    const { notifiers } = render(ALL).values('argo-cd').notifications;
    expect(notifiers['service.slack']).toBe('token: $slackToken\n');
    const { spec } = render(ALL).objects.one('ExternalSecret', 'argocd-notifications-secret');
    expect(spec.data.map(({ secretKey }: Rendered) => secretKey)).toEqual(['githubPrivateKey', 'slackToken']);
  });

  test('serves the certificate of its host itself, behind nginx', () => {
    const { objects } = render(ALL);
    const [tls] = objects.one('Ingress').spec.tls;
    expect(tls.hosts).toEqual([ALL.host]);
    expect(objects.one('Certificate').spec).toMatchObject({ secretName: tls.secretName, dnsNames: [ALL.host] });
    expect(() => render(ALL, { ingress: { kind: 'alb', certificates: ['main'], accessLogs: { bucket: 'logs' } } })).toThrow(
      /Argo CD has the host argocd\.dev\.shop\.example, but the cluster's ingress is alb/,
    );
  });
});

describe('network policies of Argo CD', () => {
  const policies = (choices: ArgoCdChoices, changes = {}): Record<string, Rendered> =>
    Object.fromEntries(
      render(choices, changes)
        .objects.of('NetworkPolicy')
        .map(({ metadata, spec }: Rendered) => [metadata.name, spec]),
    );
  const outward = (choices: ArgoCdChoices) =>
    Object.entries(policies(choices)).flatMap(([name, spec]) => (JSON.stringify(spec).includes('0.0.0.0/0') ? [name] : []));
  const callers = (spec: Rendered, port: number): readonly string[] =>
    spec.ingress
      .find(({ ports }: Rendered) => ports[0].port === port)
      .from.map(({ podSelector }: Rendered) => podSelector.matchLabels['app.kubernetes.io/name'])
      .sort();

  test('let the repo server out, and others only where they have something to do there', () => {
    expect(outward({})).toEqual(['argocd-repo-server']);
    expect(outward(ALL).sort()).toEqual(['argocd-notifications-controller', 'argocd-repo-server', 'argocd-server']);
  });

  test('let the repo server speak to no API server, and be asked by those alone who need manifests', () => {
    const { 'argocd-repo-server': repo, 'argocd-redis': redis } = policies(ALL);
    expect(JSON.stringify(repo.egress)).not.toContain('172.20.0.1/32');
    expect(callers(repo, 8081)).toEqual(['argocd-application-controller', 'argocd-notifications-controller', 'argocd-server']);
    expect(callers(redis, 6379)).toEqual(['argocd-application-controller', 'argocd-repo-server', 'argocd-server']);
  });

  test('stand before the default-deny of their namespace, which would cut off what applies them', () => {
    const wave = ({ metadata }: Rendered) => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
    const all = render(ALL).objects.of('NetworkPolicy');
    const deny = all.find(({ metadata }: Rendered) => metadata.name === 'default-deny');
    expect(all.filter((policy: Rendered) => wave(policy) >= wave(deny))).toEqual([deny]);
  });

  test('open port 22 for repositories over SSH alone', () => {
    const ports = (url: string) =>
      policies({}, { repositories: { platform: url, workloads: url } })['argocd-repo-server'].egress.flatMap(({ ports: all }: Rendered) =>
        all.map(({ port }: Rendered) => port),
      );
    expect(ports('https://git.example/shop.git')).not.toContain(22);
    expect(ports('git@git.example:shop.git')).toContain(22);
  });
});
