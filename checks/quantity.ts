const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * The number that a Kubernetes quantity stands for: `500m` is 0.5, `1Gi` is 1073741824.
 * `undefined` when it is no quantity. Follows the grammar of `k8s.io/apimachinery/pkg/api/resource`.
 */
export function parseQuantity(quantity: string | number): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(String(quantity));
  if (match === null) return undefined;
  const [, digits, exponent, suffix = ''] = match;
  const scale = exponent === undefined ? SUFFIXES[suffix] : 10 ** Number(exponent);
  return scale === undefined ? undefined : Number(digits) * scale;
}
