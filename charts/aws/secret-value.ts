/** Shapes of secret values, each with the name that a message uses instead of the value. */
const shapes: readonly (readonly [name: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ['an AWS access key', /(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/],
  ['an AWS secret access key', /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9/+]{40}$/],
  ['a password or key assignment', /(password|passwd|pwd|secret|token|api[-_]?key)\s*[=:]\s*[^\s:]/i],
  ['a URL with a password', /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i],
  ['a payment provider key', /(?<![A-Za-z0-9])[rs]k_(live|test)_[A-Za-z0-9]+/],
  ['a GitHub token', /(?<![A-Za-z0-9])(gh[opsur]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/],
  ['a Slack token', /(?<![A-Za-z0-9])xox[abeprs]-[A-Za-z0-9-]{10,}/],
  ['a JSON Web Token', /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]+/],
];

/** Says what secret a text looks like, or `undefined` when it looks like none. ARNs are never taken for secrets. */
export function looksLikeSecret(text: string): string | undefined {
  if (/^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:\S*$/.test(text)) return undefined;
  return shapes.find(([, shape]) => shape.test(text))?.[0];
}
