import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AlertmanagerChoices } from '../../charts/alertmanager';
import { AlertmanagerChart } from '../../charts/alertmanager/chart';
import type { AlertmanagerConfig } from '../../charts/alertmanager/format';
import { collect } from '../../synth/collect';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { tool } from './tool';

// The configuration as it is once External Secrets has made it from its template: judged by Alertmanager's own tool, whose templates are
// of the same library as those of External Secrets.

let program: string;
const folder = mkdtempSync(join(tmpdir(), 'alertmanager-'));
beforeAll(() => {
  program = tool('amtool');
  writeFileSync(join(folder, 'none.tmpl'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

function amtool(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`amtool ${args[0]} ${args[1]}: ${stdout}${stderr}`);
  return stdout;
}

/** What a template of Go makes of an alert that the tool comes with. */
const goTemplate = (template: string): string =>
  amtool('template', 'render', `--template.glob=${join(folder, 'none.tmpl')}`, `--template.text=${template}`);

const all: Required<AlertmanagerChoices> = {
  slack: { channel: '#alerts', teams: { platform: '#platform', product: '#product' } },
  pagerduty: true,
  heartbeat: true,
};
const minimal: AlertmanagerChoices = { slack: { channel: '#alerts' } };

/** The text of the Secret, and its file. */
function configured(choices: AlertmanagerChoices): { readonly text: string; readonly file: string } {
  const cluster = clusterWith(contractWith({ secrets: { ...contract.secrets, alertmanager: 'shop/dev/alertmanager' } }));
  const chart = new AlertmanagerChart(new App(), 'alertmanager', cluster, choices, []);
  const secret = collect(chart, 'alertmanager').find(({ object }) => object.kind === 'ExternalSecret')?.object as Rendered;
  const template = secret.spec.target.template.data['alertmanager.yaml'];
  const text = goTemplate(template).replace(/\n$/, '');
  const file = join(folder, `${Object.keys(choices).length}.yaml`);
  writeFileSync(file, text);
  return { text, file };
}

test.each([
  ['minimal', minimal],
  ['all', all],
] as const)('%s choices make a configuration that Alertmanager takes, and no secret is in it', (_name, choices) => {
  const { text, file } = configured(choices);
  expect(amtool('check-config', file)).toMatch(/SUCCESS/);
  expect(text).not.toMatch(/api_url:|routing_key:|hooks\.slack|url: /);
});

test('Alertmanager’s own templates arrive as they were meant', () => {
  const { text } = configured(all);
  const { receivers } = load(text) as AlertmanagerConfig;
  const templates = receivers.flatMap(({ slack_configs = [], pagerduty_configs = [] }) => [
    ...slack_configs.flatMap(({ title, text: body, color, title_link }) => [title, body, color, title_link]),
    ...pagerduty_configs.map(({ description }) => description),
  ]);
  expect(templates.length).toBeGreaterThan(10);
  for (const template of templates) expect(goTemplate(template ?? '')).not.toMatch(/\{\{|\}\}|<no value>/);
});

describe('an alert is told', () => {
  const receivers = (choices: AlertmanagerChoices, ...labels: readonly string[]) =>
    amtool('config', 'routes', 'test', `--config.file=${configured(choices).file}`, ...labels).trim();

  test.each([
    [['severity=critical', 'team=platform'], 'pagerduty,slack-platform'],
    [['severity=warning', 'team=product'], 'slack-product'],
    [['severity=warning', 'team=nobody'], 'slack'],
    [['severity=critical'], 'pagerduty,slack'],
    [['alertname=Heartbeat', 'severity=warning', 'team=platform'], 'heartbeat'],
  ])('%j to %s', (labels, expected) => {
    expect(receivers(all, ...labels)).toBe(expected);
  });

  test('to Slack alone where nothing else is chosen', () => {
    expect(receivers(minimal, 'severity=critical', 'team=platform')).toBe('slack');
  });
});
