/** Uniform in [0, 1). */
export type Random = () => number;

/**
 * The documented generator of every gate and benchmark: mulberry32 (Tommy Ettinger), 32 bits of
 * state, integer arithmetic only, so that a seed gives the same numbers on every machine.
 */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
