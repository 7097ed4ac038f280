import { type Costs, type CostTable, tableOf } from "./costs.ts";
import { extremesOf } from "./extremes.ts";
import { kneeIndex } from "./knee.ts";
import { extentOf, normalizeTable } from "./normalize.ts";

/**
 * Chooses `count` vectors of a front that represent it: the best of every objective, the knee, and
 * then always the vector farthest from those chosen (normalised Euclidean distance). Returns
 * ascending indices; all of them when there are no more than `count`.
 *
 * @throws {RangeError} for NaN or infinity, or vectors of different lengths
 */
export function spreadSubset(costs: Costs, count: number): number[] {
  const table = tableOf(costs);
  if (table.count <= count) return Array.from({ length: table.count }, (_, index) => index);
  const scaled = normalizeTable(table, extentOf(costs));
  const chosen = [...new Set([...extremesOf(table), kneeIndex(costs)])].slice(
    0,
    Math.max(0, count),
  );
  const distance = new Float64Array(table.count).fill(Infinity);
  for (const index of chosen) shorten(distance, scaled, index);
  while (chosen.length < count) {
    let farthest = 0;
    for (let index = 1; index < table.count; index++) {
      if (distance[index]! > distance[farthest]!) farthest = index;
    }
    chosen.push(farthest);
    shorten(distance, scaled, farthest);
  }
  return chosen.sort((a, b) => a - b);
}

/** Takes a newly chosen vector into account: squared distances, and -1 for itself. */
function shorten(distance: Float64Array, scaled: CostTable, chosen: number): void {
  const { count, dimensions, values } = scaled;
  for (let index = 0; index < count; index++) {
    let sum = 0;
    for (let k = 0; k < dimensions; k++) {
      const gap = values[index * dimensions + k]! - values[chosen * dimensions + k]!;
      sum += gap * gap;
    }
    if (sum < distance[index]!) distance[index] = sum;
  }
  distance[chosen] = -1;
}
