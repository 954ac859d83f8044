import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { customResource } from '../../imports/custom-resource';
import { ExternalSecret } from '../../imports/external-secrets.io';
import { NamedChart } from '../../synth/collect';
import { secretPath } from '../aws/refs';
import { hostCertificate } from '../certificates';
import type { Cluster } from '../cluster';
import { argocdNamespace } from '../gitops/argo-cd';
import { componentLabels } from '../native/labels';
import { SECRET_STORES } from '../secret-stores/names';
import type { Labels } from '../workload/labels';
import { REMOTE_DEFAULTS } from '../workload/secrets';
import type { ArgoCdChoices, ArgoCdNotifications } from './choices';
import { PART_OF, SECRETS } from './names';
import { isSsh } from './network';

/** A Secret of Argo CD's, made of one secret of AWS. */
interface FetchedSecret {
  readonly name: string;
  /** Name in the contract. */
  readonly secret: string;
  /** Labels of the Secret. */
  readonly labels: Labels;
  /** Keys of the Secret, by the property that they hold. */
  readonly keys: Readonly<Record<string, string>>;
  /** Keys that are no secret. @default - none */
  readonly plain?: Readonly<Record<string, string>>;
}

/** Secrets and the entrance of Argo CD; one Argo CD Application. */
export class ArgoCdConfigChart extends NamedChart {
  private readonly cluster: Cluster;

  /** @throws when the contract lacks a secret */
  constructor(scope: App, id: string, cluster: Cluster, choices: ArgoCdChoices) {
    super(scope, id);
    this.cluster = cluster;
    for (const secret of secretsOf(cluster, choices)) this.secret(secret);
    if (choices.host !== undefined) this.entrance(choices.host);
  }

  private secret({ name, secret, labels, keys, plain = {} }: FetchedSecret): void {
    const properties = Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1));
    customResource(this, name, ExternalSecret, {
      metadata: { name, namespace: argocdNamespace, labels: { ...componentLabels('argo-cd', 'config') } },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: SECRET_STORES.secretsManager },
        target: {
          name,
          // Made by hand before Argo CD's first sync, and kept when this object goes: without the key nothing would bring it back.
          creationPolicy: 'Orphan',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            metadata: { labels: { ...labels } },
            data: { ...plain, ...Object.fromEntries(properties.map(([key]) => [key, `{{ .${key} }}`])) },
          },
        },
        data: properties.map(([secretKey, property]) => ({
          secretKey,
          remoteRef: { key: secretPath(this.cluster.aws, secret), property, ...REMOTE_DEFAULTS },
        })),
      },
    });
  }

  private entrance(host: string): void {
    const labels = componentLabels('argo-cd', 'config');
    const metadata = { name: 'argocd-server', namespace: argocdNamespace, labels };
    // The server serves this very certificate, so that the way from nginx is TLS as well.
    hostCertificate(this, 'certificate', { name: SECRETS.tls, namespace: argocdNamespace, host, secretName: SECRETS.tls, labels });
    new k8s.KubeIngress(this, 'ingress', {
      metadata: {
        ...metadata,
        annotations: {
          'ignore-check.fleet/ingress-backend-exists': 'The upstream chart makes this Service.',
          'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
        },
      },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: [host], secretName: SECRETS.tls }],
        rules: [
          {
            host,
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'argocd-server', port: { name: 'https' } } } }],
            },
          },
        ],
      },
    });
  }
}

/** Every secret that the choices ask for. */
export function secretsOf({ repositories }: Cluster, choices: ArgoCdChoices): readonly FetchedSecret[] {
  const { login, notifications, repositorySecret } = choices;
  const { platform, workloads } = repositories;
  const urls: Readonly<Record<string, string>> = platform === workloads ? { platform } : { platform, workloads };
  return [
    ...(repositorySecret === undefined
      ? []
      : Object.entries(urls).map(
          ([tier, url]): FetchedSecret => ({
            name: `repository-${tier}`,
            secret: repositorySecret,
            labels: { ...PART_OF, 'argocd.argoproj.io/secret-type': 'repository' },
            keys: isSsh(url)
              ? { sshPrivateKey: 'sshPrivateKey' }
              : { githubAppID: 'appId', githubAppInstallationID: 'installationId', githubAppPrivateKey: 'privateKey' },
            plain: { type: 'git', url },
          }),
        )),
    ...(login === undefined
      ? []
      : [{ name: SECRETS.login, secret: login.secret ?? 'argocd-oidc', labels: PART_OF, keys: { clientSecret: 'clientSecret' } }]),
    ...(notifications?.slack === undefined && notifications?.github === undefined
      ? []
      : [
          {
            name: SECRETS.notifications,
            secret: notifications.secret ?? 'argocd-notifications',
            labels: PART_OF,
            keys: keysOf(notifications),
          },
        ]),
  ];
}

const keysOf = ({ slack, github }: ArgoCdNotifications): Readonly<Record<string, string>> => ({
  ...(slack === undefined ? {} : { slackToken: 'slackToken' }),
  ...(github === undefined ? {} : { githubPrivateKey: 'githubPrivateKey' }),
});
