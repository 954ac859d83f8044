import type { Team } from '../alerts/team';

/** What a cluster chooses of its Alertmanager. */
export interface AlertmanagerChoices {
  /** Channels of Slack, as `#alerts`: the default, and of teams that have one of their own. */
  readonly slack: { readonly channel: string; readonly teams?: Readonly<Partial<Record<Team, string>>> };
  /**
   * Whether critical alerts call a person through PagerDuty, whose escalation policy calls the next one when nobody acknowledges.
   * @default false
   */
  readonly pagerduty?: boolean;
  /**
   * Whether a service outside is told every five minutes that alerts arrive, and calls somebody when that ends.
   * @default false
   */
  readonly heartbeat?: boolean;
}
