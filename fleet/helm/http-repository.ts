import { CORE_SCHEMA, load } from 'js-yaml';
import { z } from 'zod';
import type { ChartReference } from '../../charts/catalogue';
import { getExisting } from './http';
import { chartText } from './reference';

/** What a repository says of a chart's archive. */
export interface Listed {
  /** Absolute address; `oci://…` when the archive lies in a registry. */
  readonly url: string;
  /** `sha256:…`. @default - the repository does not say */
  readonly digest?: string;
}

const schema = z.object({
  entries: z.record(
    z.string(),
    z.array(z.object({ version: z.unknown(), urls: z.array(z.string()).nullish(), digest: z.string().nullish() })),
  ),
});

/**
 * Looks a chart up in the `index.yaml` of its repository, as https://helm.sh/docs/topics/chart_repository/ describes it.
 * @throws when there is no index, or when it has no such chart or version
 */
export async function lookUp(chart: ChartReference): Promise<Listed> {
  const base = `${chart.repository.replace(/\/+$/, '')}/`;
  return listedIn(new TextDecoder().decode(await getExisting(`${base}index.yaml`)), chart, base);
}

/** What the text of an index says of a chart. @throws when it says nothing of it */
export function listedIn(text: string, chart: ChartReference, base: string): Listed {
  const entries = parse(text, base)[chart.name];
  if (entries === undefined) {
    throw new Error(`${chartText(chart)}: ${base}index.yaml has no chart of this name. Correct \`chart\` in charts/catalogue/components/.`);
  }
  const found = entries.find(({ version }) => String(version) === chart.version);
  if (found === undefined) {
    const some = entries.slice(0, 5).map(({ version }) => String(version));
    const more = entries.length > some.length ? `, … (${entries.length} in all)` : '';
    throw new Error(
      `${chartText(chart)}: the repository has no such version; it has ${some.join(', ')}${more}. Correct \`chart\` in charts/catalogue/components/, or find out why it was withdrawn.`,
    );
  }
  const [url] = found.urls ?? [];
  if (url === undefined) throw new Error(`${chartText(chart)}: ${base}index.yaml names no address for its archive.`);
  const digest = found.digest ?? '';
  const stated = digest === '' ? {} : { digest: digest.startsWith('sha256:') ? digest : `sha256:${digest}` };
  return { url: new URL(url, base).href, ...stated };
}

function parse(text: string, base: string): z.infer<typeof schema>['entries'] {
  let data: unknown;
  try {
    data = load(text, { schema: CORE_SCHEMA });
  } catch {
    data = undefined;
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new Error(`${base}index.yaml: this is no index of a chart repository. Check the repository's address.`);
  return parsed.data.entries;
}
