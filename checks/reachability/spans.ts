/**
 * Sets of whole numbers as spans from a first one to, not including, a last one: sorted, apart from each other and never empty,
 * so that equal sets are equal lists.
 */
export type Spans<N extends number | bigint> = readonly (readonly [N, N])[];

/** The set of everything that is in at least one span; those of different sets may overlap, and be in any order. */
export function union<N extends number | bigint>(...sets: readonly Spans<N>[]): Spans<N> {
  const some = sets.filter((set) => set.length > 0);
  const [only] = some;
  if (only === undefined) return [];
  if (some.length === 1) return only;
  const sorted = some
    .flat()
    .filter(([first, end]) => first < end)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const merged: [N, N][] = [];
  for (const [first, end] of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last[1] < first) merged.push([first, end]);
    else if (last[1] < end) last[1] = end;
  }
  return merged;
}

/** What is in both sets. */
export function intersection<N extends number | bigint>(a: Spans<N>, b: Spans<N>): Spans<N> {
  if (a === b) return a;
  const common: (readonly [N, N])[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left !== undefined && right !== undefined; left = a[i], right = b[j]) {
    const leftEndsFirst = left[1] < right[1];
    const [first] = right[0] < left[0] ? left : right;
    const [, end] = leftEndsFirst ? left : right;
    if (first < end) common.push([first, end]);
    if (leftEndsFirst) i += 1;
    else j += 1;
  }
  return common;
}

/** What is in the first set and not in the second. */
export function difference<N extends number | bigint>(a: Spans<N>, b: Spans<N>): Spans<N> {
  if (a === b || a.length === 0) return [];
  const rest: (readonly [N, N])[] = [];
  let j = 0;
  for (const [from, end] of a) {
    let first = from;
    while (b[j] !== undefined && (b[j] as readonly [N, N])[1] <= first) j += 1;
    for (let k = j; k < b.length; k += 1) {
      const [start, stop] = b[k] as readonly [N, N];
      if (start >= end) break;
      if (start > first) rest.push([first, start]);
      if (stop > first) first = stop;
    }
    if (first < end) rest.push([first, end]);
  }
  return rest;
}

/** Have two sets something in common? */
export function overlaps<N extends number | bigint>(a: Spans<N>, b: Spans<N>): boolean {
  return intersection(a, b).length > 0;
}

/** Text that is the same for equal sets. */
export function keyOf<N extends number | bigint>(set: Spans<N>): string {
  return set.map(([first, end]) => `${first}-${end}`).join(' ');
}
