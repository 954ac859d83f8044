import { loadAll } from 'js-yaml';
import { z } from 'zod';
import type { OpenApiSchema } from './schema';

/** The text of a file or of an answer, with the name that messages give it. */
export interface Source {
  /** The path or address as it was typed. */
  readonly name: string;
  readonly text: string;
}

/** One kind of one CustomResourceDefinition, at the version that is imported. */
export interface ImportedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Schema of the whole object. */
  readonly schema: OpenApiSchema;
  /** Repository, tag and path, from the first line of the source; the name of the source where it has no such line. */
  readonly upstream: string;
}

const versionSchema = z.object({
  name: z.string(),
  served: z.boolean(),
  storage: z.boolean(),
  schema: z.object({ openAPIV3Schema: z.looseObject({}) }).optional(),
});

const definitionSchema = z.object({
  apiVersion: z.literal('apiextensions.k8s.io/v1'),
  spec: z.object({
    group: z.string(),
    scope: z.enum(['Namespaced', 'Cluster']),
    names: z.object({ kind: z.string() }),
    versions: z.array(versionSchema).min(1),
  }),
});

/** A version as the definition lists it. */
type Version = z.infer<typeof versionSchema>;

/**
 * The version that we write: the highest served stable one (`v1`, `v2`), because releases of the definition that drop its older versions keep that one;
 * else the served version that the API server stores.
 */
export function chooseVersion(versions: readonly Version[]): Version | undefined {
  const served = versions.filter((version) => version.served);
  const stable = served.filter((version) => /^v\d+$/.test(version.name)).sort((a, b) => Number(b.name.slice(1)) - Number(a.name.slice(1)));
  return stable[0] ?? served.find((version) => version.storage) ?? served[0];
}

/**
 * Reads every CustomResourceDefinition of a (multi-document) YAML text; documents of other kinds are skipped.
 * @throws when the text is not YAML, holds no CustomResourceDefinition, or holds one that cannot be read.
 */
export function readKinds(source: Source): readonly ImportedKind[] {
  const definitions = documentsOf(source).filter((document) => document.kind === 'CustomResourceDefinition');
  if (definitions.length === 0) {
    throw new Error(
      `${source.name}: holds no CustomResourceDefinition; give the YAML file of the definitions (for GitHub, the address of the raw file)`,
    );
  }
  return definitions.map((definition) => kindOf(definition, source));
}

function documentsOf(source: Source): readonly Record<string, unknown>[] {
  let documents: unknown[];
  try {
    documents = loadAll(source.text);
  } catch (error) {
    // The first line says what and where; the rest is an excerpt of the text.
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Error(
      `${source.name}: is not YAML (${reason}); give the YAML file of the definitions (for GitHub, the address of the raw file)`,
    );
  }
  return documents.filter((document): document is Record<string, unknown> => typeof document === 'object' && document !== null);
}

function kindOf(document: Record<string, unknown>, source: Source): ImportedKind {
  const where = `${source.name}: CustomResourceDefinition ${nameOf(document)}`;
  const parsed = definitionSchema.safeParse(document);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new Error(`${where}: ${faults}; it must be an apiextensions.k8s.io/v1 definition`);
  }
  const { group, names, scope, versions } = parsed.data.spec;
  const version = chooseVersion(versions);
  if (version?.schema === undefined) {
    const listed = versions.map((each) => each.name).join(', ');
    throw new Error(`${where}: no served version with a schema among ${listed}; import a release of the definition that serves one`);
  }
  return { group, version: version.name, kind: names.kind, scope, schema: version.schema.openAPIV3Schema, upstream: upstreamOf(source) };
}

function nameOf(document: Record<string, unknown>): string {
  const { metadata } = document;
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata ? String(metadata.name) : '(without a name)';
}

/** `# upstream: <repository> <tag> <path>; notes` is what a collected file starts with; an address stands for itself, of a path only the file name is said. */
function upstreamOf(source: Source): string {
  const line = /^# upstream: ([^;\n]+)/.exec(source.text)?.[1]?.trim();
  return line ?? (isUrl(source.name) ? source.name : (source.name.split(/[\\/]/).pop() ?? source.name));
}

/** Whether a source is fetched rather than read. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//.test(name);
}
