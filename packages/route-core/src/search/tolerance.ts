/** Parts of one that tolerances are counted in. */
export const PARTS = 1_000_000;

/**
 * "At most (1 + epsilon) times" on integers below 2^27, without rounding errors: epsilon is a whole
 * number of millionths, so every product stays an exact integer below 2^53.
 */
export class Tolerance {
  /** 1 + epsilon in parts: `value` is within it of `base` when `value * PARTS <= base * factor`. */
  readonly factor: number;

  /** @throws RangeError when epsilon is not in 0 .. 1 */
  constructor(epsilon: number) {
    if (!(epsilon >= 0 && epsilon <= 1)) throw new RangeError(`epsilon ${epsilon} is not in 0..1`);
    // 0.29 * 1e6 is a hair below 290,000.
    this.factor = PARTS + Math.floor(epsilon * PARTS + 1e-6);
  }

  /** The largest integer that is at most (1 + epsilon) * value. */
  limit(value: number): number {
    return Math.floor((value * this.factor) / PARTS);
  }

  /** The least integer whose limit is at least the given one: `limit(x) >= value` where `x` is no less. */
  leastReaching(value: number): number {
    return Math.ceil((value * PARTS) / this.factor);
  }

  /** The largest integer whose limit is at most the given one. */
  largestWithin(limit: number): number {
    let value = Math.floor(((limit + 1) * PARTS) / this.factor);
    while (this.limit(value) > limit) value--;
    return value;
  }

  /** True when value <= (1 + epsilon) * base. */
  within(value: number, base: number): boolean {
    return value * PARTS <= base * this.factor;
  }
}
