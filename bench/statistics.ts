/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** One measured size. */
export interface Point {
  readonly size: number;
  readonly value: number;
}

/**
 * How a value grows with size: 1 is linear, 2 quadratic. Of neighbouring sizes the steepest, since a curve that only bends up late must show.
 * @returns undefined with fewer than two sizes
 */
export function exponent(points: readonly Point[]): number | undefined {
  const slopes = points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    return Math.log(point.value / before.value) / Math.log(point.size / before.size);
  });
  return slopes.length === 0 ? undefined : Math.max(...slopes);
}
