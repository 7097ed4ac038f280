import { FrontBlocks } from "./front-blocks.ts";
import {
  FRONT,
  FRONT_CAPACITY,
  FRONT_LENGTH,
  LEAST_SECOND,
  LEAST_THIRD,
  type NodeRecords,
} from "./node-records.ts";
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
    const { blocks } = this;
    const start = rows[row + FRONT]!;
    let low = 1;
    let high = rows[row + FRONT_LENGTH]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[start + middle * 2]! <= second) low = middle + 1;
      else high = middle;
    }
    return blocks[start + low * 2 - 1]! <= third;
  }

  /**
   * True unless every point at or above (`second`, `third`) is dominated or lies below a line. Such a
   * point would have to lie in a gap between two neighbours of the front, below the corner (x, y) that
   * they make; for one that does and is on or above the line of a mix, a * x + b * y > floor.
   *
   * @param coefficients a and b per mix
   * @param floors one per mix
   */
  hasRoom(
    row: number,
    second: number,
    third: number,
    coefficients: Int32Array,
    floors: Float64Array,
  ): boolean {
    const { rows } = this.#records;
    const { blocks } = this;
    const start = rows[row + FRONT]!;
    const length = rows[row + FRONT_LENGTH]!;
    if (rows[row + LEAST_SECOND]! > second) return true;
    let low = 1;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[start + middle * 2]! <= second) low = middle + 1;
      else high = middle;
    }
    const last = start + (length - 1) * 2;
    const end = Math.min(last, start + (low + MOST_GAPS) * 2);
    for (let at = start + (low - 1) * 2; at < end; at += 2) {
      const y = blocks[at + 1]!;
      if (y <= third) return false;
      const x = blocks[at + 2]!;
      let isOpen = true;
      for (let mix = 0; mix < floors.length && isOpen; mix++) {
        const corner = coefficients[mix * 2]! * x + coefficients[mix * 2 + 1]! * y;
        isOpen = corner > floors[mix]!;
      }
      if (isOpen) return true;
    }
    // Beyond the last point only the third cost decides; beyond the last gap looked at, nothing.
    return end < last || blocks[last + 1]! > third;
  }

  insert(row: number, second: number, third: number): boolean {
    const { rows } = this.#records;
    const length = rows[row + FRONT_LENGTH]!;
    let start = rows[row + FRONT]!;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.blocks[start + middle * 2]! < second) low = middle + 1;
      else high = middle;
    }
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
    if (second < rows[row + LEAST_SECOND]!) rows[row + LEAST_SECOND] = second;
    if (third < rows[row + LEAST_THIRD]!) rows[row + LEAST_THIRD] = third;
    return true;
  }
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
