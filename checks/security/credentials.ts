/** Text that only credentials have, with what it is. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/, 'a private key'],
  [/\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/, 'a private key'],
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, 'an AWS access key id'],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/, 'a GitHub token'],
  [/\bglpat-[\w-]{20,}/, 'a GitLab token'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/+-]{20,}/, 'a Slack webhook address'],
  [/\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/, 'a Stripe key'],
  [/\bAIza[\w-]{35}/, 'a Google API key'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  [/\bSG\.[\w-]{16,}\.[\w-]{16,}/, 'a SendGrid key'],
  [/\bsk-(?:[a-z0-9]+-)?[A-Za-z0-9_-]{32,}/, 'an API key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, 'a JSON Web Token'],
  [/\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/, 'a password hash'],
];

/** Text that holds a credential in its first group, unless that is a placeholder. */
const WITH_VALUE: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"']*:([^\s/?#@"']+)@/gi, 'an address with a password'],
  [/\b(?:password|pwd)=([^;\s&"']+)[;&]/gi, 'a connection string with a password'],
  [/\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer)\s+([^\s"']{8,})/gi, 'an Authorization header'],
];

/** One pass that most strings do not survive: the patterns above are many, and a fleet has half a million strings. */
const WORTH_A_LOOK =
  /PRIVATE KEY|SECRET-KEY|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|hooks\.slack|[rs]k_(?:live|test)_|AIza|npm_|SG\.|sk-|eyJ|\$2|:\/\/|(?:password|pwd)=|authorization/i;

/** What kind of credential a text holds, as `a private key`; `undefined` when it looks like none. */
export function credentialIn(text: string): string | undefined {
  if (text.length < 8 || !WORTH_A_LOOK.test(text)) return undefined;
  const known = PATTERNS.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return known[1];
  return WITH_VALUE.find(([pattern]) => [...text.matchAll(pattern)].some(([, value = '']) => !isPlaceholder(value)))?.[1];
}

/** A value that something replaces before it is used: `$(NAME)`, `${NAME}`, `{{ … }}`, `<password>`, `***`. */
function isPlaceholder(value: string): boolean {
  return /^(?:\$\(|\$\{|\$[A-Za-z_]|\{\{|<|%[({a-zA-Z]|\*+$|redacted$)/i.test(value);
}

const LAST_WORDS =
  /(?:^|_)(?:passwords?|passwd|pwd|passphrase|secrets?|tokens?|credentials?|dsn|(?:api|access|private|signing|encryption|master)_?keys?|connection_?string)$/;
/** A variable with `secret` in its name that ends like this says where a secret is, or how one is handled. */
const NOT_THE_SECRET =
  /_(?:file|path|dir|folder|name|names|arn|id|ids|ref|namespace|prefix|url|uri|host|region|version|type|provider|backend|enabled|store|ttl|seconds|minutes|interval|length|count|manager)$/;

/** Does a variable, key or option of this name hold a credential? `DB_PASSWORD` and `clientSecretValue` do, `DB_PASSWORD_FILE` does not. */
export function namesCredential(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  if (/(?:^|_)existing_secret$/.test(words)) return false;
  return LAST_WORDS.test(words) || (/secret/.test(words) && !NOT_THE_SECRET.test(words));
}

/** Could a value be a credential? Not when it is empty, a switch, a number or duration, a path, an address, an ARN or a placeholder. */
export function isLiteralValue(value: string): boolean {
  const text = value.trim();
  if (text === '' || isPlaceholder(text)) return false;
  return !/^(?:true|false|yes|no|on|off|null|none|\d+(?:ms|[smhd])?|\.{0,2}\/.*|file:.*|https?:\/\/.*|arn:.*)$/i.test(text);
}

/** Names of credentials that the lines of a configuration text give a literal value: `password = x`, `"apiKey": "x"`, `TOKEN=x`. */
export function credentialLines(text: string): readonly string[] {
  if (!/pass|pwd|secret|token|key|cred|dsn|connection/i.test(text)) return [];
  const line = /^[\s-]*(?:export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^\s"',#]+))\s*,?\s*(?:#.*)?$/gm;
  return [...text.matchAll(line)].flatMap(([, name = '', double, single, bare]) =>
    namesCredential(name) && isLiteralValue(double ?? single ?? bare ?? '') ? [name] : [],
  );
}
