import type { Severity, Team } from './team';

/** One alert. What it says may use Prometheus' templates, as `{{ $labels.node }}`. */
export interface Alert {
  /** Unique in a cluster; its section in the runbook. */
  readonly name: string;
  readonly expr: string;
  /** How long the expression has to hold, as `10m`. */
  readonly for: string;
  readonly severity: Severity;
  /** Who is told; `namespace`: whose namespace it is in. */
  readonly team: Team | 'namespace';
  /** One sentence for whoever is called. */
  readonly summary: string;
  /** Further labels, as of an objective. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A series that is computed beforehand, for alerts that would take long. */
export interface Recording {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Alerts that belong together. */
export interface AlertGroup {
  readonly name: string;
  /** Page in `docs/runbooks/`, without `.md`. @default - `name` */
  readonly page?: string;
  /** @default - none */
  readonly recordings?: readonly Recording[];
  readonly alerts: readonly Alert[];
}

/** Where an alert's section is, in the repository. */
export const runbookOf = (group: AlertGroup, { name }: Alert): string =>
  `docs/runbooks/${group.page ?? group.name}.md#${name.toLowerCase()}`;
