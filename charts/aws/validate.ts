import type { z } from 'zod';
import { DataError, type Path, type Problem, show } from './problem';
import { looksLikeSecret } from './secret-value';
import { parseYaml, type YamlSource } from './yaml';

/** A rule over several values of a file. It sees only values that the schema found right; the rest is left out. */
export type Rule<T> = (data: Partly<T>) => Iterable<Problem>;

/** A type any of whose members, at every depth, may be absent. */
export type Partly<T> = T extends readonly (infer Item)[]
  ? readonly (Partly<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> }
    : T;

/**
 * Reads a data file's text: YAML, then schema, then rules. Pure.
 * @param file - path of the file, for messages only
 * @throws DataError with every problem of the file: those of the schema and those that the rules find among the values that are right
 */
export function validate<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  rules: readonly Rule<z.output<Schema>>[],
): z.output<Schema> {
  const source = parseYaml(text, file);
  const result = schema.safeParse(source.value);
  const secrets = [...secretValues(source.value, [])];
  const shape = result.success ? [] : result.error.issues.flatMap((issue) => explain(issue, source));
  const known = [...source.problems, ...secrets];
  const problems = [...known, ...shape.filter((problem) => !known.some(({ path }) => startsWith(problem.path, path)))];

  const right = without(
    source.value,
    problems.map(({ path }) => path),
  ) as Partly<z.output<Schema>> | undefined;
  if (right !== undefined) for (const rule of rules) problems.push(...rule(right));
  if (problems.length > 0) throw new DataError(file, inOrder(problems, source));
  if (!result.success) throw new Error(`${file}: refused by the schema without a problem to show`);
  return result.data;
}

/** A problem of every key and text that looks like a secret. */
function* secretValues(value: unknown, path: Path): Iterable<Problem> {
  const secret = typeof value === 'string' ? looksLikeSecret(value) : undefined;
  if (secret !== undefined) yield leaked(path, `a value that looks like ${secret} (not shown)`);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(name) : name;
    const secretKey = looksLikeSecret(name);
    if (secretKey !== undefined) yield leaked([...path, step], `a key that looks like ${secretKey} (not shown)`);
    yield* secretValues(member, [...path, step]);
  }
}

function leaked(path: Path, found: string): Problem {
  return {
    path,
    found,
    expected: 'no secret values: this file is committed',
    mend: 'treat the value as leaked and rotate it, store the new one in Secrets Manager, and give its path here',
  };
}

/** Turns an issue of the schema into problems; hints come from the field, see `field.ts`. */
function explain(issue: z.core.$ZodIssue, source: YamlSource): readonly Problem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      path: [...path, name],
      found: 'an unknown key',
      expected: issue.message,
      mend: 'correct the spelling, or remove the key',
    }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => ({
      path,
      found: `the key ${show(path.at(-1))}`,
      expected: inner.message,
      mend: mendOf(inner) ?? 'rename the key',
    }));
  }
  const value = at(source.value, path);
  const hint = issue.code === 'custom' ? issue.params : undefined;
  const hidden = hint?.hide === true && value !== undefined;
  const found = hidden
    ? 'a value that is no path (not shown)'
    : issue.code === 'invalid_type' && typeof value === 'string'
      ? 'a text'
      : show(value);
  if (value === undefined) {
    return [{ path, found, expected: issue.message, mend: `add the key; ${mendOf(issue) ?? 'docs say where the value comes from'}` }];
  }
  if (hint?.text === true && (typeof value === 'number' || typeof value === 'boolean')) {
    const text = hidden ? found : `${source.textOf(path)} (read as ${show(value)})`;
    return [{ path, found: text, expected: issue.message, mend: `write it in quotes: YAML reads it as a ${typeof value} without them` }];
  }
  return [{ path, found, expected: issue.message, mend: mendOf(issue) ?? 'correct the value' }];
}

function mendOf(issue: z.core.$ZodIssue): string | undefined {
  return issue.code === 'custom' && typeof issue.params?.mend === 'string' ? issue.params.mend : undefined;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((from, step) => (typeof from === 'object' && from !== null ? Reflect.get(from, step) : undefined), value);
}

/** A copy of a value without the members at these paths; in a list their places stay, empty. */
function without(value: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return undefined;
  if (paths.length === 0 || typeof value !== 'object' || value === null) return value;
  const rest = (step: string | number, member: unknown) =>
    without(
      member,
      paths.filter((path) => path[0] === step).map((path) => path.slice(1)),
    );
  if (Array.isArray(value)) return value.map((member, index) => rest(index, member));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rest(name, member)]));
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

function inOrder(problems: readonly Problem[], source: YamlSource): readonly Problem[] {
  return problems
    .map((problem) => ({ ...problem, line: problem.line ?? source.lineOf(problem.path) }))
    .sort((one, other) => one.line - other.line);
}
