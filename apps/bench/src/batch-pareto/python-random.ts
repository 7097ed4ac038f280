import type { Random } from "@gradeway/quality-gates";

const STATE_WORDS = 624;
const MIDDLE_WORD = 397;

/**
 * CPython's `random.Random(seed).random`: MT19937 (Matsumoto and Nishimura 1998), seeded with the
 * 32-bit words of the seed by the authors' `init_by_array`, 53 bits per draw.
 *
 * @param seed A whole number from 0 up to 2^53.
 */
export function pythonRandom(seed: number): Random {
  const draw = mersenneTwister([
    seed >>> 0,
    ...(seed >= 2 ** 32 ? [Math.floor(seed / 2 ** 32)] : []),
  ]);
  return () => {
    const high = draw() >>> 5;
    const low = draw() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}

/** Python's `random.uniform`. */
export function uniform(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** 32-bit draws of MT19937 after `init_by_array`. */
export function mersenneTwister(key: readonly number[]): () => number {
  const state = seededState(key);
  let index = STATE_WORDS;
  return () => {
    if (index === STATE_WORDS) {
      advance(state);
      index = 0;
    }
    let word = state[index++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
}

function advance(state: Uint32Array): void {
  for (let k = 0; k < STATE_WORDS; k++) {
    const joined = (state[k]! & 0x80000000) | (state[(k + 1) % STATE_WORDS]! & 0x7fffffff);
    const twisted = (joined >>> 1) ^ ((joined & 1) === 0 ? 0 : 0x9908b0df);
    state[k] = state[(k + MIDDLE_WORD) % STATE_WORDS]! ^ twisted;
  }
}

function seededState(key: readonly number[]): Uint32Array {
  const state = new Uint32Array(STATE_WORDS);
  state[0] = 19_650_218;
  const mixed = (at: number, factor: number): number =>
    Math.imul(state[at - 1]! ^ (state[at - 1]! >>> 30), factor);
  for (let k = 1; k < STATE_WORDS; k++) state[k] = mixed(k, 1_812_433_253) + k;
  let at = 1;
  const step = (): void => {
    if (++at < STATE_WORDS) return;
    state[0] = state[STATE_WORDS - 1]!;
    at = 1;
  };
  let word = 0;
  for (let left = Math.max(STATE_WORDS, key.length); left > 0; left--) {
    state[at] = (state[at]! ^ mixed(at, 1_664_525)) + key[word]! + word;
    step();
    word = (word + 1) % key.length;
  }
  for (let left = STATE_WORDS - 1; left > 0; left--) {
    state[at] = (state[at]! ^ mixed(at, 1_566_083_941)) - at;
    step();
  }
  state[0] = 0x80000000;
  return state;
}
