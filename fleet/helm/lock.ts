import { CORE_SCHEMA, load } from 'js-yaml';
import { z } from 'zod';
import { refuse } from '../../synth/error';

/** Path of the lock below the project's folder. */
export const CHART_LOCK = 'charts/catalogue/charts.lock.yaml';

/** What pins charts that are rendered here: the bytes of their archives, and the helm that renders them. */
export interface ChartLock {
  /** Version of helm, as `v3.19.5`. @default - none was used yet */
  readonly helm?: string;
  /** Digest of each archive (`sha256:…`), by the chart's text (`<repository>/<name> <version>`). */
  readonly digests: ReadonlyMap<string, string>;
}

const HEAD = `\
# Lock of charts that are rendered here. \`npm run charts:pull\` adds the digest of each archive as it first came, and trusts it from then on;
# \`npm run charts:render\` adds the version of helm. Both change what stands here only with a flag. See docs/charts.md.
`;

const chart = z.string().regex(/^\S+\/[^\s/]+ \S+$/, 'Expected "<repository>/<name> <version>" before the digest');
const digest = z.string('Expected a digest').regex(/^sha256:[0-9a-f]{64}$/, 'Expected sha256: and 64 hexadecimal digits');
const schema = z.strictObject({
  helm: z
    .string()
    .regex(/^v\d+\.\d+\S*$/, 'Expected a version, as v3.19.5')
    .optional(),
  charts: z.record(chart, digest).nullish(),
});

/** @throws SynthError with everything that is wrong in the text */
export function parseChartLock(text: string): ChartLock {
  let data: unknown;
  try {
    data = text.trim() === '' ? {} : load(text, { schema: CORE_SCHEMA, filename: CHART_LOCK });
  } catch (error) {
    refuse([
      `${CHART_LOCK}: not readable as YAML: ${error instanceof Error ? error.message : String(error)}. Restore it: git checkout -- ${CHART_LOCK}`,
    ]);
  }
  const parsed = schema.safeParse(data ?? {});
  if (!parsed.success) {
    refuse(parsed.error.issues.map(({ path, message }) => `${CHART_LOCK}: ${path.map(String).join(': ') || 'the file'}: ${message}.`));
  }
  const { helm, charts } = parsed.data ?? {};
  return { ...(helm === undefined ? {} : { helm }), digests: new Map(Object.entries(charts ?? {})) };
}

/** The text of the lock: one line per chart, sorted. */
export function formatChartLock({ helm, digests }: ChartLock): string {
  const lines = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, sha]) => `  ${text}: ${sha}\n`);
  const charts = lines.length === 0 ? 'charts: {}\n' : `charts:\n${lines.join('')}`;
  return `${HEAD}${helm === undefined ? '' : `helm: ${helm}\n`}${charts}`;
}
