/** Where control planes come from. */
export type Origin =
  /** A cluster that somebody made for this, named explicitly. */
  | { readonly from: 'context'; readonly context: string; readonly kubeconfig: string }
  /** A folder with programs, by the convention of envtest. */
  | { readonly from: 'assets'; readonly folder: string }
  /** The Go modules of this repository, or what they built before. */
  | { readonly from: 'build' };

/** What the choice is made from. */
export interface Circumstances {
  /** Of the command line. */
  readonly context?: string;
  /** Of the command line, or else the variable KUBECONFIG. */
  readonly kubeconfig?: string;
  /** The variable KUBEBUILDER_ASSETS. */
  readonly assets?: string;
  /** Whether Go is installed. */
  readonly hasGo: boolean;
  /** Whether everything to be built is in the cache. */
  readonly isBuilt: boolean;
}

/**
 * Where control planes are taken from: an explicit context, else KUBEBUILDER_ASSETS, else the Go modules. A KUBECONFIG alone is
 * never used: it names whatever cluster somebody works with.
 * @throws an Error with the one command that helps
 */
export function choose({ context, kubeconfig, assets, hasGo, isBuilt }: Circumstances): Origin {
  if (context !== undefined) {
    if (kubeconfig === undefined) {
      throw new Error(`--context ${context} needs the file it stands in: KUBECONFIG=<file> npm run test:e2e -- --context ${context}`);
    }
    return { from: 'context', context, kubeconfig };
  }
  if (assets !== undefined && assets !== '') return { from: 'assets', folder: assets };
  if (hasGo || isBuilt) return { from: 'build' };
  throw new Error(
    'No control plane: KUBEBUILDER_ASSETS is not set, and Go 1.24 or newer is not installed to build one. On Debian, without changing the system:\n' +
      '  PATH="$(.ci/go):$PATH" npm run test:e2e\n' +
      'docs/testing-e2e.md has the other ways.',
  );
}
