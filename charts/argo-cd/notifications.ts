import type { Cluster } from '../cluster';
import type { ArgoCdNotifications } from './choices';
import { domainOf } from './names';
import { yamlText } from './settings';

/** The parts of `argocd-notifications-cm` that the chart takes. */
export type NotificationSettings = {
  readonly notifiers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
  readonly triggers: Readonly<Record<string, string>>;
  readonly subscriptions: readonly { readonly recipients: readonly string[]; readonly triggers: readonly string[] }[];
};

const FAILED = "app.status.operationState != nil and app.status.operationState.phase in ['Error', 'Failed']";
const DEPLOYED =
  "app.status.operationState != nil and app.status.operationState.phase == 'Succeeded' and app.status.health.status == 'Healthy'";
const REVISION = '{{.app.status.operationState.syncResult.revision}}';

/** What is told to whom. Secrets are named alone: the controller reads them from `argocd-notifications-secret`. */
export function notificationSettings(
  cluster: Cluster,
  { slack, github }: ArgoCdNotifications,
  host: string | undefined,
): NotificationSettings {
  const link = `https://${domainOf({ host })}/applications/{{.app.metadata.name}}`;
  const message = (what: string, detail: string) =>
    yamlText({ message: `${cluster.name}: {{.app.metadata.name}} ${what}. ${detail}\n${link}\n` });
  const trigger = (when: string, send: string, oncePer?: string) =>
    yamlText([{ when, send: [send], ...(oncePer === undefined ? {} : { oncePer }) }]);
  // A chart's or an upstream folder's revision is no commit of ours.
  const ours = `app.spec.source.repoURL in [${[...new Set(Object.values(cluster.repositories))].map((url) => `'${url}'`).join(', ')}]`;
  const status = (state: 'success' | 'failure') =>
    yamlText({
      message: `{{.app.metadata.name}}: ${state}`,
      github: {
        repoURLPath: '{{.app.spec.source.repoURL}}',
        revisionPath: REVISION,
        status: { state, label: `${cluster.name}/{{.app.metadata.name}}`, targetURL: link },
      },
    });
  return {
    notifiers: {
      ...(slack === undefined ? {} : { 'service.slack': yamlText({ token: '$slackToken' }) }),
      ...(github === undefined
        ? {}
        : {
            'service.github': yamlText({
              appID: github.appId,
              installationID: github.installationId,
              privateKey: '$githubPrivateKey',
            }),
          }),
    },
    templates: {
      ...(slack === undefined
        ? {}
        : {
            'template.degraded': message('is degraded', '{{.app.status.health.message}}'),
            'template.deployed': message('was deployed', `Revision ${REVISION}.`),
            'template.sync-failed': message('could not be synced', '{{.app.status.operationState.message}}'),
          }),
      ...(github === undefined ? {} : { 'template.commit-deployed': status('success'), 'template.commit-failed': status('failure') }),
    },
    triggers: {
      ...(slack === undefined
        ? {}
        : {
            'trigger.on-degraded': trigger("app.status.health.status == 'Degraded'", 'degraded'),
            'trigger.on-deployed': trigger(DEPLOYED, 'deployed', 'app.status.sync.revision'),
            'trigger.on-sync-failed': trigger(FAILED, 'sync-failed'),
          }),
      ...(github === undefined
        ? {}
        : {
            'trigger.on-commit-deployed': trigger(`${ours} and ${DEPLOYED}`, 'commit-deployed', 'app.status.sync.revision'),
            'trigger.on-commit-failed': trigger(`${ours} and ${FAILED}`, 'commit-failed'),
          }),
    },
    subscriptions: [
      ...(slack === undefined ? [] : [{ recipients: [`slack:${slack.failures}`], triggers: ['on-degraded', 'on-sync-failed'] }]),
      ...(slack?.deployments === undefined ? [] : [{ recipients: [`slack:${slack.deployments}`], triggers: ['on-deployed'] }]),
      ...(github === undefined ? [] : [{ recipients: ['github:'], triggers: ['on-commit-deployed', 'on-commit-failed'] }]),
    ],
  };
}
