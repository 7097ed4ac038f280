import { type Costs, tableOf } from "./costs.ts";
import { indicesOf, sortByColumn } from "./order.ts";

/**
 * Crowding distance of every vector (NSGA-II: Deb, Pratap, Agarwal, Meyarivan, IEEE Trans. Evol.
 * Comp. 6 (2002)): over the objectives, the sum of the gaps between its two neighbours as shares of
 * the objective's range. The first and the last of each objective have infinity. Vectors that tie in
 * an objective are neighbours in the order of their indices. An objective without spread tells
 * nothing apart and is passed over; if none has any, all distances are 0.
 *
 * @throws {RangeError} for NaN or infinity, or vectors of different lengths
 */
export function crowdingDistances(costs: Costs): number[] {
  const table = tableOf(costs);
  const { count, dimensions, values } = table;
  const distances = Array.from({ length: count }, () => 0);
  if (count === 0) return distances;
  for (let k = 0; k < dimensions; k++) {
    const order = sortByColumn(table, k, indicesOf(table));
    const valueAt = (place: number): number => values[order[place]! * dimensions + k]!;
    const range = valueAt(count - 1) - valueAt(0);
    if (range === 0) continue;
    for (let place = 1; place < count - 1; place++) {
      distances[order[place]!]! += (valueAt(place + 1) - valueAt(place - 1)) / range;
    }
    distances[order[0]!] = Infinity;
    distances[order[count - 1]!] = Infinity;
  }
  return distances;
}
