import type { CostTable } from "./costs.ts";

/** From here on radix sort is faster than merging, whose passes grow with the logarithm. */
const RADIX_FROM = 4_096;
const DIGITS = 1 << 16;

/** Indices of all vectors, ascending. */
export function indicesOf({ count }: CostTable): Int32Array {
  const order = new Int32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  return order;
}

/**
 * The vectors in lexicographic order, equal ones by index: column after column, the last first,
 * each sort keeping the order of the one before.
 */
export function lexicographicOrder(table: CostTable): Int32Array {
  let order = indicesOf(table);
  for (let k = table.dimensions - 1; k >= 0; k--) order = sortByColumn(table, k, order);
  return order;
}

/** The indices of `order` by the values of one column; equal ones stay as they are. */
export function sortByColumn(
  { dimensions, values, count }: CostTable,
  column: number,
  order: Int32Array,
): Int32Array {
  const keys = new Float64Array(count);
  // The sum makes +0 of -0, which have different bits.
  for (let index = 0; index < count; index++)
    keys[index] = values[index * dimensions + column]! + 0;
  return order.length < RADIX_FROM ? mergeSort(keys, order) : radixSort(keys, order);
}

/**
 * Per vector the number of distinct smaller values in a column, given the indices in the order of
 * that column.
 */
export function ranksOf(
  { dimensions, values, count }: CostTable,
  column: number,
  order: Int32Array,
): Int32Array {
  const ranks = new Int32Array(count);
  let rank = -1;
  let last = Number.NaN;
  for (const index of order) {
    const value = values[index * dimensions + column]!;
    if (value !== last) rank++;
    last = value;
    ranks[index] = rank;
  }
  return ranks;
}

/** Merges ever longer runs; stable. */
function mergeSort(keys: Float64Array, order: Int32Array): Int32Array {
  const count = order.length;
  let from = order.slice();
  let to = new Int32Array(count);
  for (let width = 1; width < count; width *= 2) {
    for (let low = 0; low < count; low += 2 * width) {
      const middle = Math.min(low + width, count);
      const high = Math.min(low + 2 * width, count);
      let left = low;
      let right = middle;
      for (let at = low; at < high; at++) {
        const takesRight =
          left === middle || (right < high && keys[from[right]!]! < keys[from[left]!]!);
        to[at] = from[takesRight ? right++ : left++]!;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Four passes of 16 bits over the doubles' bits, made to sort like the numbers; stable. */
function radixSort(keys: Float64Array, order: Int32Array): Int32Array {
  const count = order.length;
  const littleEndian = new Uint32Array(keys.buffer);
  const low = new Uint32Array(keys.length);
  const high = new Uint32Array(keys.length);
  for (let index = 0; index < keys.length; index++) {
    const upper = littleEndian[2 * index + 1]!;
    const lower = littleEndian[2 * index]!;
    // Negative numbers grow the other way; all others go above them.
    const isNegative = upper >>> 31 === 1;
    high[index] = isNegative ? ~upper : upper ^ 0x8000_0000;
    low[index] = isNegative ? ~lower : lower;
  }
  const starts = new Int32Array(DIGITS + 1);
  let from = order.slice();
  let to = new Int32Array(count);
  for (let pass = 0; pass < 4; pass++) {
    const words = pass < 2 ? low : high;
    const shift = 16 * (pass & 1);
    starts.fill(0);
    for (let at = 0; at < count; at++) starts[((words[from[at]!]! >>> shift) & 0xffff) + 1]!++;
    for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1]! += starts[digit]!;
    for (let at = 0; at < count; at++) {
      const index = from[at]!;
      const digit = (words[index]! >>> shift) & 0xffff;
      to[starts[digit]!++] = index;
    }
    [from, to] = [to, from];
  }
  return from;
}
