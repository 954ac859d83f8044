/** The second number of a Kubernetes version: 28 for `1.28` or `v1.28.3`; `undefined` when it is no version. */
export function minorOf(version: string | undefined): number | undefined {
  const match = /^v?1\.(\d+)(?:[.+-].*)?$/.exec(version ?? '');
  return match === null ? undefined : Number(match[1]);
}
