import { type Costs, type CostTable, tableOf } from "./costs.ts";
import { lexicographicOrder, ranksOf, sortByColumn, indicesOf } from "./order.ts";

/**
 * Indices of the non-dominated vectors, in lexicographic order of their costs. Of equal vectors the
 * one that comes first is kept. O(n log n) up to three objectives; beyond, every vector is compared
 * with the front found so far.
 *
 * @throws {RangeError} for NaN or infinity, or vectors of different lengths
 */
export function paretoFilter(costs: Costs): number[] {
  const table = tableOf(costs);
  if (table.count === 0) return [];
  // In lexicographic order a vector can only be dominated by an earlier one, whose first cost is not
  // above: it need not be compared.
  if (table.dimensions <= 2) return sweep(table);
  return table.dimensions === 3 ? staircaseFilter(table) : generalFilter(table);
}

/** One or two objectives: what is kept must have a lower last cost than all before. */
function sweep(table: CostTable): number[] {
  const { dimensions, values } = table;
  const front: number[] = [];
  let least = Infinity;
  for (const index of lexicographicOrder(table)) {
    const last = values[(index + 1) * dimensions - 1]!;
    if (last >= least) continue;
    least = last;
    front.push(index);
  }
  return front;
}

/**
 * Three objectives (Kung, Luccio, Preparata, J. ACM 22 (1975)): a vector is dominated if some earlier
 * one with no higher second cost has no higher third. A Fenwick tree over the ranks of the second
 * cost keeps the least third cost up to each rank.
 */
function staircaseFilter(table: CostTable): number[] {
  const { values, count } = table;
  const byThird = sortByColumn(table, 2, indicesOf(table));
  const bySecond = sortByColumn(table, 1, byThird);
  const ranks = ranksOf(table, 1, bySecond);
  const least = new Float64Array(count + 1).fill(Infinity);
  const front: number[] = [];
  for (const index of sortByColumn(table, 0, bySecond)) {
    const third = values[3 * index + 2]!;
    let isDominated = false;
    for (let at = ranks[index]! + 1; at > 0 && !isDominated; at &= at - 1) {
      isDominated = least[at]! <= third;
    }
    if (isDominated) continue;
    front.push(index);
    // A node of the tree that is lower already is so all the way up.
    for (let at = ranks[index]! + 1; at <= count && third < least[at]!; at += at & -at) {
      least[at] = third;
    }
  }
  return front;
}

/** Any number of objectives: each vector against the front so far. */
function generalFilter(table: CostTable): number[] {
  const { dimensions, values } = table;
  const front: number[] = [];
  // The costs of the front, one after another, in the order of `front`.
  const kept = new Float64Array(values.length);
  let end = 0;
  for (const index of lexicographicOrder(table)) {
    const from = index * dimensions;
    let isDominated = false;
    for (let at = 0; at < end && !isDominated; at += dimensions) {
      let k = 1;
      while (k < dimensions && kept[at + k]! <= values[from + k]!) k++;
      isDominated = k === dimensions;
    }
    if (isDominated) continue;
    front.push(index);
    for (let k = 0; k < dimensions; k++) kept[end++] = values[from + k]!;
  }
  return front;
}
