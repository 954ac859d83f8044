import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check, Finding } from './check';
import type { FolderResult, PlacedFinding } from './folder';

/** What the runner itself reports, in the form of a check. */
type Rule = Pick<Check, 'id' | 'title' | 'severity' | 'why' | 'mend'>;

const RUNNER_RULES: readonly Rule[] = [
  {
    id: 'unparsable-yaml',
    title: 'Every file is well-formed YAML without duplicate keys.',
    severity: 'error',
    why: 'Neither kubectl nor Argo CD can apply the file, and no check sees what it holds.',
    mend: 'Mend the YAML at that place.',
  },
  {
    id: 'malformed-object',
    title: 'Every object has the shape that the checks expect.',
    severity: 'error',
    why: 'The API server refuses the object, and some checks did not see it.',
    mend: 'Correct the type of the field; kubectl apply --dry-run=server names it.',
  },
  {
    id: 'exemption',
    title: 'Every exemption from a check has a reason and suppresses something.',
    severity: 'warning',
    why: 'An exemption without a reason, or one that has outlived its reason, hides the next real finding.',
    mend: 'Give the reason, or remove the annotation.',
  },
];

/** SARIF 2.1.0 as GitHub code scanning reads it: one rule per check, paths relative to the repository, exempted findings as suppressed. */
export function formatSarif(result: FolderResult): string {
  const rules = [...RUNNER_RULES, ...result.checks];
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const seen = new Map<string, number>();
  const toResult = ({ finding, cluster, place }: PlacedFinding) => {
    // Two like findings on one field are told apart by their number.
    const base = [finding.check, cluster, finding.source, finding.object, finding.field ?? ''].join('\n');
    const nth = (seen.get(base) ?? 0) + 1;
    seen.set(base, nth);
    return {
      ruleId: finding.check,
      ruleIndex: index.get(finding.check) ?? -1,
      level: finding.severity,
      message: { text: messageOf(finding) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(place?.file ?? '.') },
            region: { startLine: place?.line ?? 1, startColumn: place?.column ?? 1 },
          },
          logicalLocations: [{ fullyQualifiedName: finding.field === undefined ? finding.object : `${finding.object} ${finding.field}` }],
        },
      ],
      partialFingerprints: { 'finding/v1': createHash('sha256').update(`${base}\n${nth}`).digest('hex').slice(0, 32) },
    };
  };
  const results = [
    ...result.findings.map(toResult),
    ...result.exempted.map((entry) => ({ ...toResult(entry), suppressions: [{ kind: 'inSource', justification: entry.reason }] })),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'fleet-checks', rules: rules.map(ruleOf) } }, columnKind: 'utf16CodeUnits', results }],
  };
  return JSON.stringify(log, undefined, 2);
}

function ruleOf({ id, title, severity, why, mend }: Rule) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title} ${why}` },
    help: { text: `${why}\n\nHow to mend it: ${mend}`, markdown: `${why}\n\n**How to mend it:** ${mend}` },
    defaultConfiguration: { level: severity },
    properties: { tags: ['kubernetes'] },
  };
}

function messageOf({ object, field, message, why, mend }: Finding): string {
  return `${object}${field === undefined ? '' : ` ${field}`}: ${message}\n${why}\nHow to mend it: ${mend}`;
}

function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split('/').map(encodeURIComponent).join('/');
}
