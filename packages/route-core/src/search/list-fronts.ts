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

/**
 * Fronts of the second to fourth cost, as plain lists: for four objectives there is no order of the
 * points that a binary search could use. A point that has just dominated something moves to the front
 * of its list, where the next search begins.
 */
export class ListFronts extends FrontBlocks implements TruncatedFronts {
  readonly #records: NodeRecords;

  constructor(...args: ConstructorParameters<typeof FrontBlocks>) {
    super(...args);
    [this.#records] = args;
  }

  isDominated(row: number, second: number, third: number, fourth: number): boolean {
    const { rows } = this.#records;
    if (rows[row + LEAST_SECOND]! > second || rows[row + LEAST_THIRD]! > third) return false;
    const { blocks } = this;
    const start = rows[row + FRONT]!;
    const end = start + rows[row + FRONT_LENGTH]! * 3;
    for (let at = start; at < end; at += 3) {
      if (blocks[at]! > second || blocks[at + 1]! > third || blocks[at + 2]! > fourth) continue;
      if (at > start) swap(blocks, start, at);
      return true;
    }
    return false;
  }

  insert(row: number, second: number, third: number, fourth: number): boolean {
    const { rows } = this.#records;
    const start = rows[row + FRONT]!;
    const end = start + rows[row + FRONT_LENGTH]! * 3;
    let kept = start;
    for (let at = start; at < end; at += 3) {
      const { blocks } = this;
      if (blocks[at]! >= second && blocks[at + 1]! >= third && blocks[at + 2]! >= fourth) continue;
      if (kept < at) blocks.copyWithin(kept, at, at + 3);
      kept += 3;
    }
    const length = (kept - start) / 3;
    rows[row + FRONT_LENGTH] = length;
    if (length === rows[row + FRONT_CAPACITY]! && !this.enlarge(row)) return false;
    const at = rows[row + FRONT]! + length * 3;
    this.blocks[at] = second;
    this.blocks[at + 1] = third;
    this.blocks[at + 2] = fourth;
    rows[row + FRONT_LENGTH] = length + 1;
    if (second < rows[row + LEAST_SECOND]!) rows[row + LEAST_SECOND] = second;
    if (third < rows[row + LEAST_THIRD]!) rows[row + LEAST_THIRD] = third;
    return true;
  }
}

function swap(blocks: Int32Array, a: number, b: number): void {
  for (let k = 0; k < 3; k++) {
    const before = blocks[a + k]!;
    blocks[a + k] = blocks[b + k]!;
    blocks[b + k] = before;
  }
}
