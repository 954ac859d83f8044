import { z } from 'zod';

/** What a field's problem says besides its path and value. */
export interface Hints {
  /** What was expected, with an example. */
  readonly expected: string;
  /** How to mend it. */
  readonly mend: string;
  /** Never show the value: a wrong one might be the secret itself. @default false */
  readonly hide?: boolean;
  /** A text is expected: a number or boolean in its place only lacks quotes. @default false */
  readonly text?: boolean;
}

/** Fields carry their hints in the schema, where {@link validate} finds them. */
export function hints(value: Hints): { error: string; params: Record<string, unknown> } {
  return { error: value.expected, params: { mend: value.mend, hide: value.hide ?? false, text: value.text ?? false } };
}

/** A text that passes `test`. */
export function text(test: RegExp | ((value: string) => boolean), hint: Hints) {
  const passes = test instanceof RegExp ? (value: string) => test.test(value) : test;
  return z.custom<string>((value) => typeof value === 'string' && passes(value), hints({ ...hint, text: true }));
}

/** One word of a closed list. */
export function oneOf<const Word extends string>(words: readonly Word[], why: string) {
  return z.custom<Word>(
    (value) => words.some((word) => word === value),
    hints({ expected: words.map((word) => `"${word}"`).join(' or '), mend: why }),
  );
}

/** A boolean. */
export function flag(expected: string) {
  return z.custom<boolean>(
    (value) => typeof value === 'boolean',
    hints({ expected: `true or false: ${expected}`, mend: 'write true or false, without quotes' }),
  );
}

/** A flag that has to be on. */
export function mustBeOn(why: string) {
  return z.custom<true>((value) => value === true, hints({ expected: 'true', mend: why }));
}

/** A TCP port. */
export function port() {
  return z.custom<number>(
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535,
    hints({ expected: 'a port number from 1 to 65535', mend: 'write the number without quotes' }),
  );
}

/** A mapping with exactly these keys; any other key is a problem. */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: ({ code }) => `${code === 'unrecognized_keys' ? 'one of' : 'a mapping with'} ${Object.keys(shape).join(', ')}`,
  });
}

/** A mapping from names that people choose, in kebab case, to values of one type; empty when left out. */
export function named<Value extends z.ZodType>(value: Value) {
  return mapping(
    text(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
      expected: 'a name of lower-case letters, digits and single hyphens, as user-service',
      mend: 'rename the key; charts refer to the entry by it',
    }),
    value,
  ).default({});
}

/** A mapping whose keys have a form of their own. */
export function mapping<Value extends z.ZodType>(key: z.ZodCustom<string>, value: Value) {
  return z.record(key, value, { error: 'a mapping' });
}

/** A list of at least `least` values, each once. */
export function list(value: z.ZodCustom<string>, least: number, of: string) {
  const expected = least === 0 ? `a list of ${of}` : `a list of at least ${least} ${of}`;
  return z
    .array(value, { error: expected })
    .min(least, { error: expected })
    .refine((values) => new Set(values).size === values.length, {
      error: `${expected}, each once`,
      params: { mend: 'remove what is given twice' },
    });
}

const hostPattern = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A host name with at least one dot; no address. */
export function hostname(example: string) {
  return text(hostPattern, {
    expected: `a host name in lower case, as ${example}`,
    mend: 'give the name alone: no scheme, port, path, address or trailing dot',
  });
}

/** An `https://` URL of a host and, where `path` allows one, a path. @param mend - where to look for it. @default - at the cluster */
export function httpsUrl(
  path: RegExp,
  example: string,
  mend = 'copy it from the cluster (`aws eks describe-cluster`), without a trailing slash',
) {
  return text(
    (value) => {
      const [, host, rest] = /^https:\/\/([^/]*)(.*)$/.exec(value) ?? [];
      return host !== undefined && rest !== undefined && hostPattern.test(host.toLowerCase()) && path.test(rest);
    },
    { expected: `a URL, as ${example}`, mend },
  );
}

/** Path of a secret in Secrets Manager, never its value. */
export function secretPath() {
  return text(/^(?:[\w.-]+(?:\/[\w.-]+)+|arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+)$/, {
    expected: 'path or ARN of a secret in Secrets Manager, as authorworks/dev/jwt',
    mend: 'store the value in Secrets Manager and name it here by a path of at least two parts; never write the value itself',
    hide: true,
  });
}

/** Path of a parameter in Parameter Store, never its value. */
export function parameterPath() {
  return text(/^(?:\/[\w.-]+){2,15}$/, {
    expected: 'path of a parameter in Parameter Store, as /authorworks/dev/rds-ca-bundle',
    mend: 'store the value in Parameter Store and name it here by a path of at least two parts that starts with a slash',
    hide: true,
  });
}

/** An AWS region. */
export function region() {
  return text(/^[a-z]+(-[a-z]+)+-\d+$/, { expected: 'an AWS region, as us-east-1', mend: 'give the region, not a zone (us-east-1a)' });
}

/** A reason, for people. */
export function sentence() {
  return text(/\S+ \S+/, { expected: 'a reason, in a sentence', mend: 'say in a few words why this is so' });
}
