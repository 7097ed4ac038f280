import {
  type Costs,
  type CostTable,
  requireSameDimensions,
  requireSome,
  tableOf,
} from "./costs.ts";
import { gameValue } from "./matrix-game.ts";
import { extentOf, normalizeTable } from "./normalize.ts";

/**
 * The most that someone who weighs the objectives in some way can lose by having to choose from
 * `shown` instead of the whole `front`: over all weights >= 0 with the sum 1, the greatest difference
 * between the best weighted sums. Costs are scaled to the front's ideal (0) and nadir (1), so 0.05 is
 * five per cent of a range. Exact: per vector of the front the worst weights are a linear program
 * (Nanongkai et al., Regret-minimizing representative databases, PVLDB 3 (2010), with costs and
 * differences in place of utilities and ratios). Infinite if nothing is shown.
 *
 * @throws {RangeError} for an empty front, NaN or infinity, or vectors of different lengths
 */
export function maxRegret(front: Costs, shown: Costs): number {
  const all = tableOf(front);
  const few = tableOf(shown);
  requireSome(all);
  requireSameDimensions(all, few);
  if (few.count === 0) return Infinity;
  const extent = extentOf(front);
  const scaledFront = normalizeTable(all, extent);
  const scaledShown = normalizeTable(few, extent);
  const places = Array.from({ length: few.count }, (_, index) => index);
  let most = 0;
  for (let index = 0; index < all.count; index++) {
    most = Math.max(most, regretOf(scaledFront, index, scaledShown, places));
  }
  return most;
}

/**
 * The most that is lost by choosing among the vectors at `places` of `shown` although vector `index`
 * of `front` would be there: the value of a game in which one player weighs the objectives and the
 * other chooses. Negative if one of them is better whatever the weights.
 */
export function regretOf(
  front: CostTable,
  index: number,
  shown: CostTable,
  places: readonly number[],
): number {
  const { dimensions } = front;
  const losses = new Float64Array(dimensions * places.length);
  for (let k = 0; k < dimensions; k++) {
    const own = front.values[index * dimensions + k]!;
    for (const [column, place] of places.entries()) {
      losses[k * places.length + column] = shown.values[place * dimensions + k]! - own;
    }
  }
  return gameValue(losses, dimensions, places.length);
}
