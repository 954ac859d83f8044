/** The grammars of names in the Kubernetes API. Each function says what is wrong with a name, or `undefined` when nothing is. */

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** A DNS label (RFC 1123): `web-1`. */
export function dnsLabel(name: string, limit = 63): string | undefined {
  if (name.length > limit) return tooLong(name, limit);
  return LABEL.test(name) ? undefined : 'has characters other than a-z, 0-9 and -, or starts or ends with -';
}

/** A DNS label that starts with a letter (RFC 1035): what Services are named with. */
export function dnsLabelWithLetter(name: string): string | undefined {
  return dnsLabel(name) ?? (/^[a-z]/.test(name) ? undefined : 'does not start with a letter');
}

/** A DNS subdomain: labels with dots between. */
export function dnsSubdomain(name: string, limit = 253): string | undefined {
  if (name.length > limit) return tooLong(name, limit);
  const fits = name.split('.').every((part) => LABEL.test(part));
  return fits ? undefined : 'has characters other than a-z, 0-9, - and ., or a part that starts or ends with -';
}

/** A name that is only part of a URL, as RBAC's: `system:node`. */
export function pathSegment(name: string): string | undefined {
  return name === '.' || name === '..' || /[/%]/.test(name) ? 'is . or .., or holds / or %' : undefined;
}

/** The key of a label or annotation: `app` or `app.kubernetes.io/name`. */
export function qualifiedName(key: string): string | undefined {
  const [first = '', second, ...more] = key.split('/');
  if (more.length > 0) return 'has more than one /';
  if (second !== undefined) {
    const problem = dnsSubdomain(first);
    if (problem !== undefined) return `has a prefix that ${problem}`;
  }
  const name = second ?? first;
  if (name.length > 63) return `has a name of ${name.length} characters; expected at most 63`;
  return QUALIFIED.test(name)
    ? undefined
    : 'has characters other than letters, digits, -, _ and ., or does not start and end with a letter or digit';
}

/** The value of a label; may be empty. */
export function labelValue(value: string): string | undefined {
  if (value.length > 63) return tooLong(value, 63);
  if (value === '' || QUALIFIED.test(value)) return undefined;
  return 'has characters other than letters, digits, -, _ and ., or does not start and end with a letter or digit';
}

function tooLong(name: string, limit: number): string {
  return `has ${name.length} characters; expected at most ${limit}`;
}
