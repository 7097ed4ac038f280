/** A set of whole numbers below a limit, with the neighbours of any number in a few steps. */
export interface RankSet {
  add(rank: number): void;
  delete(rank: number): void;
  /** The least member that is at least `rank`, or -1. */
  next(rank: number): number;
  /** The greatest member that is at most `rank`, or -1. */
  previous(rank: number): number;
}

/**
 * A bit per number, and above each 32 of them a bit that tells whether any is set, and so on up:
 * four levels for a million numbers. Numbers at or beyond the limit must not be added.
 */
export function createRankSet(limit: number): RankSet {
  const levels: Int32Array[] = [];
  for (let size = Math.max(1, limit); levels.length === 0 || size > 1;) {
    size = Math.ceil(size / 32);
    levels.push(new Int32Array(size));
  }
  /** Goes down from a bit of a level to the member below it that `pick` prefers. */
  const descend = (rank: number, level: number, pick: (bits: number) => number): number => {
    let member = rank;
    for (let below = level - 1; below >= 0; below--) {
      member = member * 32 + pick(levels[below]![member]!);
    }
    return member;
  };
  return {
    add(rank) {
      let bit = rank;
      for (const words of levels) {
        words[bit >> 5]! |= 1 << (bit & 31);
        bit >>= 5;
      }
    },
    delete(rank) {
      let bit = rank;
      for (const words of levels) {
        words[bit >> 5]! &= ~(1 << (bit & 31));
        if (words[bit >> 5] !== 0) return;
        bit >>= 5;
      }
    },
    next(rank) {
      let bit = Math.max(0, rank);
      for (const [level, words] of levels.entries()) {
        if (bit >> 5 >= words.length) return -1;
        const bits = words[bit >> 5]! & (-1 << (bit & 31));
        if (bits !== 0) return descend((bit & ~31) + lowest(bits), level, lowest);
        bit = (bit >> 5) + 1;
      }
      return -1;
    },
    previous(rank) {
      let bit = Math.min(rank, 32 * levels[0]!.length - 1);
      for (const [level, words] of levels.entries()) {
        if (bit < 0) return -1;
        const bits = words[bit >> 5]! & (-1 >>> (31 - (bit & 31)));
        if (bits !== 0) return descend((bit & ~31) + highest(bits), level, highest);
        bit = (bit >> 5) - 1;
      }
      return -1;
    },
  };
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highest(bits: number): number {
  return 31 - Math.clz32(bits);
}
