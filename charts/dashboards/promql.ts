/** What a label must be: exactly this, or matching this regular expression as a whole. */
export type Match = string | { readonly matches: string } | { readonly not: string };

/** A vector selector: `select('up', { job: 'a', pod: { matches: 'b-.*' } })` is `up{job="a", pod=~"b-.*"}`. */
export function select(metric: string, labels: Readonly<Record<string, Match>>): string {
  const matchers = Object.entries(labels).map(([label, match]) => {
    if (typeof match === 'string') return `${label}=${JSON.stringify(match)}`;
    return 'matches' in match ? `${label}=~${JSON.stringify(match.matches)}` : `${label}!=${JSON.stringify(match.not)}`;
  });
  return `${metric}{${matchers.join(', ')}}`;
}

/** Per second, over a window that Grafana fits to the scrape interval and the width of the panel. */
export const rate = (selector: string): string => `rate(${selector}[$__rate_interval])`;

/** Sum of vectors, by labels. @param by - @default all together */
export const sum = (expr: string, by: readonly string[] = []): string =>
  by.length === 0 ? `sum(${expr})` : `sum by (${by.join(', ')}) (${expr})`;

/** One of those at each group that hold the most. */
export const max = (expr: string, by: readonly string[] = []): string =>
  by.length === 0 ? `max(${expr})` : `max by (${by.join(', ')}) (${expr})`;

/** A quantile of a histogram's buckets, by labels. @param quantile - 0 to 1 */
export const quantile = (at: number, buckets: string, by: readonly string[] = []): string =>
  `histogram_quantile(${at}, ${sum(rate(buckets), [...by, 'le'])})`;

/** A share of a whole; where there is no whole there is no share. */
export const share = (part: string, whole: string): string => `${part}\n/\n${whole}`;

/** A regular expression that matches exactly these texts. */
export const oneOf = (texts: readonly string[]): { readonly matches: string } => ({ matches: texts.map(literal).join('|') });

/** A text as a regular expression of Prometheus. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
