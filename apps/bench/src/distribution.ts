/** A sample in a few numbers. Percentiles are by nearest rank: each is a value that occurred. */
export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly mean: number;
}

/** Sums a sample up; every figure of an empty one is NaN, never zero. */
export function distributionOf(sample: readonly number[]): Distribution {
  const sorted = Float64Array.from(sample).sort();
  const count = sorted.length;
  const rank = (share: number): number => valueAtRank(sorted, share);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  return { count, p50: rank(0.5), p95: rank(0.95), max: rank(1), mean };
}

/** The percentile by nearest rank of a share, 0 to 1; NaN of an empty sample. */
export function percentileOf(sample: readonly number[], share: number): number {
  return valueAtRank(Float64Array.from(sample).sort(), share);
}

function valueAtRank(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Three figures of a distribution for a table. */
export function shown(distribution: Distribution, digits: number): string[] {
  const { p50, p95, max } = distribution;
  return [p50, p95, max].map((value) => (Number.isNaN(value) ? "-" : value.toFixed(digits)));
}
