import { HEARTBEAT } from '../alerts/heartbeat';
import type { Team } from '../alerts/team';
import type { AlertmanagerChoices } from './choices';
import type { AlertmanagerConfig, PagerDuty, Receiver, Route, Slack } from './format';

/** Folder in which Alertmanager finds its Secret. */
const SECRETS = '/etc/alertmanager/secrets/alertmanager';

const WHERE = '{{ with .CommonLabels.namespace }} in {{ . }}{{ end }}';
const TITLE = `[{{ .Status | toUpper }}{{ if eq .Status "firing" }} {{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.alertname }}${WHERE}`;
const RUNBOOK = '{{ (index .Alerts 0).Annotations.runbook_url }}';
const COLOUR = '{{ if ne .Status "firing" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}';
const TEXT = [
  '{{ range .Alerts }}{{ .Annotations.summary }}',
  '{{ end }}<{{ (index .Alerts 0).Annotations.runbook_url }}|What to do>',
].join('\n');

const slack = (channel: string): Slack => ({
  api_url_file: `${SECRETS}/slack`,
  channel,
  send_resolved: true,
  color: COLOUR,
  title: TITLE,
  title_link: RUNBOOK,
  text: TEXT,
});

const PAGERDUTY: PagerDuty = {
  routing_key_file: `${SECRETS}/pagerduty`,
  send_resolved: true,
  severity: 'critical',
  description: `{{ .CommonLabels.alertname }}${WHERE}: {{ (index .Alerts 0).Annotations.summary }}`,
  details: { firing: '{{ range .Alerts.Firing }}{{ .Annotations.summary }}\n{{ end }}' },
  links: [{ href: RUNBOOK, text: 'What to do' }],
};

/** What an alert says of others that need not be told. */
const INHIBITIONS: NonNullable<AlertmanagerConfig['inhibit_rules']> = [
  // A budget that burns fast also burns slowly.
  {
    source_matchers: ['alertname=~"Slo.+BudgetBurn"', 'severity="critical"'],
    target_matchers: ['alertname=~"Slo.+BudgetBurn"', 'severity="warning"'],
    equal: ['alertname', 'namespace', 'workload'],
  },
  // What runs on a node that is gone is gone as well.
  { source_matchers: ['alertname="KubernetesNodeNotReady"'], target_matchers: ['severity="warning"', 'node!=""'], equal: ['node'] },
];

/** Keys of the Secret that Alertmanager needs beside its configuration: properties of the contract's secret `alertmanager`. */
export const keysOf = ({ pagerduty, heartbeat }: AlertmanagerChoices): readonly string[] => [
  ...(heartbeat === true ? ['heartbeat'] : []),
  ...(pagerduty === true ? ['pagerduty'] : []),
  'slack',
];

/** Who is told of what: everything goes to Slack, by team; what is critical also calls a person. */
export function alertmanagerConfig(choices: AlertmanagerChoices): AlertmanagerConfig {
  const teams = Object.entries(choices.slack.teams ?? {}) as readonly (readonly [Team, string])[];
  const calls: Route = { receiver: 'pagerduty', matchers: ['severity="critical"'], continue: true, repeat_interval: '1h' };
  const beats: Route = {
    receiver: 'heartbeat',
    matchers: [`alertname="${HEARTBEAT}"`],
    group_wait: '0s',
    group_interval: '1m',
    repeat_interval: '5m',
  };
  const receivers: readonly Receiver[] = [
    ...(choices.heartbeat === true
      ? [{ name: 'heartbeat', webhook_configs: [{ url_file: `${SECRETS}/heartbeat`, send_resolved: false }] }]
      : []),
    ...(choices.pagerduty === true ? [{ name: 'pagerduty', pagerduty_configs: [PAGERDUTY] }] : []),
    { name: 'slack', slack_configs: [slack(choices.slack.channel)] },
    ...teams.map(([team, channel]) => ({ name: `slack-${team}`, slack_configs: [slack(channel)] })),
  ];
  return {
    global: { resolve_timeout: '5m' },
    route: {
      receiver: 'slack',
      group_by: ['alertname', 'namespace', 'severity'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        ...(choices.heartbeat === true ? [beats] : []),
        ...(choices.pagerduty === true ? [calls] : []),
        ...teams.map(([team]) => ({ receiver: `slack-${team}`, matchers: [`team="${team}"`] })),
        // Who is called through PagerDuty, and has no channel, is told here too.
        { receiver: 'slack' },
      ],
    },
    receivers,
    inhibit_rules: INHIBITIONS,
  };
}
