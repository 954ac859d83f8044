import type { Delivery } from './deliver';

/** How many paths of one kind are listed before the rest is counted. */
const LISTED = 20;

/** What a run did, for people: a line that counts, then paths, then what they must know. Without a newline at the end. */
export function describeDelivery({ folder, kind, summary, warning }: Delivery): string {
  const { added, changed, removed, unchanged, foreign, repaired } = summary;
  const counts = `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged} unchanged`;
  const lines = [kind === 'stream' ? `${added.length} files to stdout` : `${folder}: ${counts}`];
  // A first render lists nothing: every file is new.
  if (kind === 'dist' && unchanged + changed.length + removed.length > 0) {
    lines.push(...list('+', added), ...list('~', changed), ...list('-', removed));
  }
  if (foreign.length > 0) lines.push(`not from synth, left as they are (${foreign.length}):`, ...list('?', foreign));
  if (repaired !== undefined) lines.push(repaired);
  if (warning !== undefined) lines.push(`Warning: ${warning}`);
  return lines.join('\n');
}

function list(sign: string, paths: readonly string[]): string[] {
  const lines = paths.slice(0, LISTED).map((path) => `  ${sign} ${path}`);
  if (paths.length > LISTED) lines.push(`  ${sign} and ${paths.length - LISTED} more`);
  return lines;
}
