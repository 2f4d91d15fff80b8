/** The middle of some numbers, and between which values the true middle lies with 95 % confidence. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The standard normal distribution's 97.5 % point. */
const Z = 1.96;

/**
 * The median with its distribution-free confidence interval, from the ranks of the sorted values (the sign test, turned
 * around): nothing is assumed of how a busy machine's noise is distributed. At least one value.
 */
export function estimate(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const { length } = sorted;
  const reach = (Z * Math.sqrt(length)) / 2;
  const at = (rank: number) => sorted[Math.min(length - 1, Math.max(0, rank))] ?? Number.NaN;
  return {
    median: (at(Math.floor((length - 1) / 2)) + at(Math.ceil((length - 1) / 2))) / 2,
    low: at(Math.floor(length / 2 - reach)),
    high: at(Math.ceil(length / 2 + reach) - 1),
  };
}

/** A copy in random order. */
export function shuffled<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
