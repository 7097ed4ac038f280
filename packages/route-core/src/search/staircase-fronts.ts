import { FrontBlocks } from "./front-blocks.ts";
import {
  FRONT,
  FRONT_CAPACITY,
  FRONT_LENGTH,
  LEAST_SECOND,
  LEAST_THIRD,
  type NodeRecords,
} from "./node-records.ts";
import { COST_LIMIT } from "./search-graph.ts";
import type { TruncatedFronts } from "./truncated-fronts.ts";

const COPY_WITHIN_FROM = 96;
/** Gaps that `hasRoom` looks at before it gives up. */
const MOST_GAPS = 64;

/**
 * Fronts of the second and third cost: per front the pairs that no other pair of it dominates, the
 * second ascending and the third descending, so that a check is a binary search.
 */
export class StaircaseFronts extends FrontBlocks implements TruncatedFronts {
  readonly #records: NodeRecords;

  constructor(...args: ConstructorParameters<typeof FrontBlocks>) {
    super(...args);
    [this.#records] = args;
  }

  isDominated(row: number, second: number, third: number): boolean {
    const { rows } = this.#records;
    if (rows[row + LEAST_SECOND]! > second || rows[row + LEAST_THIRD]! > third) return false;
    return this.blocks[this.#last(row, second) + 1]! <= third;
  }

  /**
   * True unless every point at or above (`second`, `third`) is dominated or lies below one of two
   * lines. Such a point would have to lie in a gap between two neighbours of the front, below the corner
   * (x, y) that they make; if it lies on or above a line, then a * x + b * y > floor.
   *
   * @param lines a and b of both lines
   */
  hasRoom(
    row: number,
    second: number,
    third: number,
    lines: Int32Array,
    floor1: number,
    floor2: number,
  ): boolean {
    const { rows } = this.#records;
    if (rows[row + LEAST_SECOND]! > second) return true;
    const { blocks } = this;
    const first = this.#last(row, second);
    const last = rows[row + FRONT]! + (rows[row + FRONT_LENGTH]! - 1) * 2;
    const end = Math.min(last, first + MOST_GAPS * 2);
    for (let at = first; at < end; at += 2) {
      const y = blocks[at + 1]!;
      if (y <= third) return false;
      const x = blocks[at + 2]!;
      const isOpen =
        lines[0]! * x + lines[1]! * y > floor1 && lines[2]! * x + lines[3]! * y > floor2;
      if (isOpen) return true;
    }
    // Beyond the last point only the third cost decides; beyond the last gap looked at, nothing.
    return end < last || blocks[last + 1]! > third;
  }

  #last(row: number, second: number): number {
    const { rows } = this.#records;
    return lastUpTo(this.blocks, rows[row + FRONT]!, rows[row + FRONT_LENGTH]!, second);
  }

  /** Where a point belongs, counted in pairs; -1 when it is dominated. */
  placeFor(row: number, second: number, third: number): number {
    const { rows } = this.#records;
    if (rows[row + LEAST_SECOND]! > second) return 0;
    const at = this.#last(row, second);
    if (this.blocks[at + 1]! <= third) return -1;
    const place = (at - rows[row + FRONT]!) >> 1;
    return this.blocks[at]! < second ? place + 1 : place;
  }

  insert(row: number, second: number, third: number): boolean {
    const place = this.placeFor(row, second, third);
    return place < 0 || this.insertAt(row, place, second, third);
  }

  /** Adds a point where {@link placeFor} says; false when memory is used up. */
  insertAt(row: number, low: number, second: number, third: number): boolean {
    const { rows } = this.#records;
    const length = rows[row + FRONT_LENGTH]!;
    let start = rows[row + FRONT]!;
    let next = low;
    while (next < length && this.blocks[start + next * 2 + 1]! >= third) next++;
    if (next === low) {
      if (length === rows[row + FRONT_CAPACITY]! && !this.enlarge(row)) return false;
      start = rows[row + FRONT]!;
      moveUp(this.blocks, start + low * 2, start + length * 2);
      rows[row + FRONT_LENGTH] = length + 1;
    } else if (next > low + 1) {
      moveDown(this.blocks, start + (low + 1) * 2, start + next * 2, start + length * 2);
      rows[row + FRONT_LENGTH] = length - (next - low - 1);
    }
    this.blocks[start + low * 2] = second;
    this.blocks[start + low * 2 + 1] = third;
    if (low === 0) rows[row + LEAST_SECOND] = second;
    if (third < rows[row + LEAST_THIRD]!) rows[row + LEAST_THIRD] = third;
    return true;
  }
}

/**
 * Where the last pair of a front begins whose second cost is at most the given one; the first must be. The
 * steps depend on the length only: a branch on each comparison would be mispredicted half of the time.
 */
export function lastUpTo(
  blocks: Int32Array,
  start: number,
  length: number,
  second: number,
): number {
  // No pair has costs as large as that, and differences must not wrap round.
  const limit = Math.min(second, COST_LIMIT);
  let at = start;
  let left = length;
  while (left > 1) {
    const half = left >> 1;
    // All ones where the pair in the middle is not beyond, else zero.
    at += ((blocks[at + half * 2]! - limit - 1) >> 31) & (half * 2);
    left -= half;
  }
  return at;
}

/** Opens a gap of one pair at `from`. */
function moveUp(blocks: Int32Array, from: number, end: number): void {
  if (end - from > COPY_WITHIN_FROM) {
    blocks.copyWithin(from + 2, from, end);
    return;
  }
  for (let k = end - 1; k >= from; k--) blocks[k + 2] = blocks[k]!;
}

/** Closes the gap between `to` and `from`. */
function moveDown(blocks: Int32Array, to: number, from: number, end: number): void {
  if (end - from > COPY_WITHIN_FROM) {
    blocks.copyWithin(to, from, end);
    return;
  }
  for (let at = to, k = from; k < end; k++) blocks[at++] = blocks[k]!;
}
