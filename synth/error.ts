/**
 * Why a cluster cannot be rendered: everything that was found, so that one run shows all there is to mend. Each problem says
 * where (construct path or file), what was found, what was expected, and how to mend it.
 */
export class SynthError extends Error {
  /** In the order of the objects that they are about. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : `${problems.length} problems:\n\n${problems.map(numbered).join('\n\n')}`);
    this.name = 'SynthError';
    this.problems = problems;
  }
}

/** Throws a {@link SynthError} when there is any problem. */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new SynthError(problems);
}

function numbered(problem: string, index: number): string {
  return `${index + 1}. ${problem.replaceAll('\n', '\n   ')}`;
}
