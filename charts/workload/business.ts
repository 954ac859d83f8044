/** A number that the product asks for: how many, not how fast. */
export interface BusinessMetric {
  /** Name as it is scraped, as `shop_orders_total`. */
  readonly name: string;
  /** A `counter` only grows, and is shown by the hour and by the day; a `gauge` is what is true now, the same in every pod. */
  readonly type: 'counter' | 'gauge';
  /** What it counts, as `Orders`. */
  readonly title: string;
  /** Where the number comes from, for readers. */
  readonly description: string;
  /** Label that tells its parts from each other, as `plan`. @default - it has no parts */
  readonly by?: string;
}

/** Numbers of one part of the product, which one workload counts. */
export interface Business {
  /** Heading, as `Users`. */
  readonly title: string;
  readonly metrics: readonly [BusinessMetric, ...BusinessMetric[]];
}
