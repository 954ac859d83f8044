/** Something that must hold, with what was measured. Ratios, so that it holds on any machine. */
export interface Target {
  readonly what: string;
  readonly measured: number;
  /** `most`: the measured value may be up to `limit`; `least`: it must be at least that. */
  readonly bound: 'most' | 'least';
  readonly limit: number;
  /** Unit behind the numbers. @default - none */
  readonly unit?: string;
}

export function isMet({ measured, bound, limit }: Target): boolean {
  return bound === 'most' ? measured <= limit : measured >= limit;
}

export function targetText(target: Target): string {
  const { what, measured, bound, limit, unit = '' } = target;
  return `${isMet(target) ? 'met   ' : 'MISSED'} ${what}: ${number(measured)}${unit} (at ${bound} ${limit}${unit})`;
}

function number(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2);
}
