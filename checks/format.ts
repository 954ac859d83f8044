import type { Finding } from './check';
import { count, type FolderResult, type PlacedFinding } from './folder';

/** For people: grouped by file and object, each finding with where, what, why and mend; the last line is the summary. */
export function formatText(result: FolderResult): string {
  const groups = new Map<string, PlacedFinding[]>();
  for (const placed of result.findings) {
    const { finding, place } = placed;
    const key = `${place?.file ?? finding.source}: ${finding.object}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [placed]);
    else group.push(placed);
  }
  const blocks = [...groups].map(([title, findings]) => [title, ...findings.map(textOf)].join('\n'));
  return [...blocks, summary(result)].join('\n\n');
}

function textOf({ finding, place }: PlacedFinding): string {
  const where = [finding.field, place === undefined ? undefined : `line ${place.line}`].filter((part) => part !== undefined).join(', ');
  return [
    `  ${finding.severity} ${finding.check}`,
    ...(where === '' ? [] : [`    where: ${where}`]),
    `    what:  ${finding.message}`,
    `    why:   ${finding.why}`,
    `    mend:  ${finding.mend}`,
  ].join('\n');
}

/** `2 errors, 1 warning; 40 checks passed, 3 not run (without facts: nodeGroups); 210 objects in 190 files, 4 other documents skipped`. */
export function summary(result: FolderResult): string {
  const { errors, warnings } = count(result);
  const missing = [...new Set(result.notRun.flatMap((entry) => entry.missing))];
  const parts = [
    `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`,
    `${plural(result.passed.length, 'check')} passed, ${result.notRun.length} not run${missing.length > 0 ? ` (without facts: ${missing.join(', ')})` : ''}`,
    `${plural(result.objects, 'object')} in ${plural(result.files, 'file')}`,
  ];
  if (result.exempted.length > 0) parts.push(`${plural(result.exempted.length, 'finding')} exempted`);
  if (result.skipped > 0)
    parts.push(`${plural(result.skipped, 'document')} skipped that ${result.skipped === 1 ? 'is' : 'are'} no Kubernetes object`);
  return parts.join('; ');
}

/** For programs: the shape is described in docs/checks-cli.md and changes only with `version`. */
export function formatJson(result: FolderResult): string {
  const { errors, warnings } = count(result);
  const flat = ({
    finding,
    cluster,
    place,
  }: PlacedFinding): Finding & { cluster?: string; file?: string; line?: number; column?: number } => ({
    ...finding,
    ...(cluster === '' ? {} : { cluster }),
    ...place,
  });
  const { files, objects, skipped, passed, notRun } = result;
  const findings = result.findings.map(flat);
  const exempted = result.exempted.map((entry) => ({ ...flat(entry), reason: entry.reason }));
  return JSON.stringify({ version: 1, errors, warnings, files, objects, skipped, findings, exempted, passed, notRun }, undefined, 2);
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
