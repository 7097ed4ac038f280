/** A repeatable stream of numbers; two with the same seed give the same sequence everywhere. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [low, high], both ends included. */
  integer(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of a non-empty list. */
  pick<T>(choices: readonly T[]): T;
}

/**
 * Mulberry32: 32 bits of state, passes the usual small statistical tests, and needs only integer
 * arithmetic, so it is the same on every machine. Good for test data, never for secrets.
 */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (low: number, high: number): number =>
    low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    integer,
    chance: (probability) => next() < probability,
    pick(choices) {
      if (choices.length === 0) throw new RangeError("nothing to pick from");
      return choices[integer(0, choices.length - 1)]!;
    },
  };
}
