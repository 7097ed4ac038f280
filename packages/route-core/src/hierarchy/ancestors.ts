import { type Hierarchy, NONE } from "./hierarchy.ts";

/** The ancestors of some nodes in the elimination tree, themselves included, lowest rank first. */
export class Ancestors {
  count = 0;
  /** Ascending in the first `count` places. */
  readonly ranks: Int32Array;
  readonly #parent: Int32Array;
  readonly #isIn: Uint8Array;

  constructor(hierarchy: Pick<Hierarchy, "nodeCount" | "parent">) {
    this.#parent = hierarchy.parent;
    this.ranks = new Int32Array(hierarchy.nodeCount);
    this.#isIn = new Uint8Array(hierarchy.nodeCount);
  }

  /** Adds a node with its ancestors; call `sort` when more than one was added. */
  add(rank: number): void {
    const parent = this.#parent;
    const isIn = this.#isIn;
    const { ranks } = this;
    let { count } = this;
    for (let at = rank; at !== NONE && isIn[at] === 0; at = parent[at]!) {
      isIn[at] = 1;
      ranks[count++] = at;
    }
    this.count = count;
  }

  sort(): void {
    this.ranks.subarray(0, this.count).sort();
  }

  has(rank: number): boolean {
    return this.#isIn[rank] === 1;
  }

  clear(): void {
    const isIn = this.#isIn;
    const { ranks, count } = this;
    for (let k = 0; k < count; k++) isIn[ranks[k]!] = 0;
    this.count = 0;
  }
}
