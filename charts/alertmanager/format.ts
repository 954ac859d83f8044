/**
 * The configuration of Alertmanager, as far as we set it: https://prometheus.io/docs/alerting/0.34/configuration/. Secrets are named by
 * file, and are in no text.
 */
export interface AlertmanagerConfig {
  readonly global?: { readonly resolve_timeout?: string };
  readonly route: RootRoute;
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules?: readonly InhibitRule[];
}

export interface Route {
  readonly receiver?: string;
  /** As `severity="critical"`; all have to match. */
  readonly matchers?: readonly string[];
  /** Whether the routes after it are tried too. */
  readonly continue?: boolean;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly routes?: readonly Route[];
}

/** The route that everything takes that no other one takes. */
export type RootRoute = Omit<Route, 'matchers' | 'continue' | 'receiver'> & { readonly receiver: string };

export interface Receiver {
  readonly name: string;
  readonly pagerduty_configs?: readonly PagerDuty[];
  readonly slack_configs?: readonly Slack[];
  readonly webhook_configs?: readonly { readonly url_file: string; readonly send_resolved?: boolean }[];
}

export interface PagerDuty {
  readonly routing_key_file: string;
  readonly send_resolved?: boolean;
  readonly severity?: string;
  readonly description?: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

export interface Slack {
  readonly api_url_file: string;
  readonly channel: string;
  readonly send_resolved?: boolean;
  readonly color?: string;
  readonly title?: string;
  readonly title_link?: string;
  readonly text?: string;
}

export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels that both have to have with one value; a label that both lack counts as equal. */
  readonly equal: readonly string[];
}
