const WORD_BITS = 32;

/**
 * Orders small sets of nodes by minimum degree: again and again the node goes whose elimination makes
 * the fewest hierarchy arcs. Neighbours outside the set count, as they are ordered later; they stand in
 * the bit rows as further columns.
 */
export class MinDegree {
  /** Per node of the whole graph: 1 + column, while a set is being ordered. */
  readonly #column: Int32Array;
  readonly #first: Int32Array;
  readonly #neighbours: Int32Array;
  #rows = new Int32Array(1024);
  #degree = new Int32Array(64);

  /**
   * @param first,neighbours compressed rows of the whole graph
   * @param idCount ids that occur among `neighbours`
   */
  constructor(first: Int32Array, neighbours: Int32Array, idCount: number) {
    this.#first = first;
    this.#neighbours = neighbours;
    this.#column = new Int32Array(idCount);
  }

  /** Sorts `nodes[begin .. end)`, lowest rank first. */
  order(nodes: Int32Array, begin: number, end: number): void {
    const size = end - begin;
    const ids = nodes.slice(begin, end);
    const words = this.#fillRows(ids);
    const rows = this.#rows;
    const degree = this.#degree;
    for (let k = 0; k < size; k++) degree[k] = popcount(rows, k * words, words);
    for (let at = begin; at < end; at++) {
      let least = -1;
      for (let k = 0; k < size; k++) {
        if (degree[k]! >= 0 && (least < 0 || degree[k]! < degree[least]!)) least = k;
      }
      nodes[at] = ids[least]!;
      degree[least] = -1;
      for (let k = 0; k < size; k++) {
        const isNeighbour = (rows[least * words + (k >> 5)]! >> (k & 31)) & 1;
        if (isNeighbour === 0 || degree[k]! < 0) continue;
        for (let w = 0; w < words; w++) rows[k * words + w]! |= rows[least * words + w]!;
        clearBit(rows, k * words, k);
        clearBit(rows, k * words, least);
        degree[k] = popcount(rows, k * words, words);
      }
    }
  }

  /** One row of bits per node of the set; returns the words per row. */
  #fillRows(ids: Int32Array): number {
    const first = this.#first;
    const neighbours = this.#neighbours;
    const column = this.#column;
    for (let k = 0; k < ids.length; k++) column[ids[k]!] = k + 1;
    let columns = ids.length;
    for (const node of ids) {
      for (let at = first[node]!; at < first[node + 1]!; at++) {
        if (column[neighbours[at]!] === 0) column[neighbours[at]!] = ++columns;
      }
    }
    const words = Math.ceil(columns / WORD_BITS);
    if (this.#rows.length < ids.length * words) this.#rows = new Int32Array(ids.length * words);
    if (this.#degree.length < ids.length) this.#degree = new Int32Array(ids.length);
    this.#rows.fill(0, 0, ids.length * words);
    for (let k = 0; k < ids.length; k++) {
      for (let at = first[ids[k]!]!; at < first[ids[k]! + 1]!; at++) {
        const bit = column[neighbours[at]!]! - 1;
        this.#rows[k * words + (bit >> 5)]! |= 1 << (bit & 31);
      }
    }
    for (const node of ids) {
      column[node] = 0;
      for (let at = first[node]!; at < first[node + 1]!; at++) column[neighbours[at]!] = 0;
    }
    return words;
  }
}

function clearBit(rows: Int32Array, row: number, bit: number): void {
  rows[row + (bit >> 5)]! &= ~(1 << (bit & 31));
}

function popcount(rows: Int32Array, row: number, words: number): number {
  let count = 0;
  for (let w = row; w < row + words; w++) {
    let bits = rows[w]!;
    bits -= (bits >>> 1) & 0x55555555;
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
