import { COST_LIMIT } from "./search-graph.ts";
import type { Tolerance } from "./tolerance.ts";

/** No first cost is larger. */
const NO_LIMIT = 2 ** 31 - 1;

/**
 * Upper limits on what a route costs (epsilon-constraints: Haimes, Lasdon, Wismer, IEEE Trans. SMC 1
 * (1971)).
 *
 * A label whose costs so far + bound exceed a limit leads to no route within it, and a label that
 * dominates another one leads to routes that stay within any limit that those of the other one do. So
 * an exact search finds exactly the part of the front within the limits.
 *
 * Where labels are merged, a label stands for routes that cost at least its apex, and its own route costs
 * at most (1 + epsilon) times its apex. A label is given up when (1 + epsilon) times its apex exceeds a
 * limit. So every route found keeps the limits as they are, and the routes found cover each route whose
 * costs times (1 + epsilon) keep them. Of routes closer to a limit than that, some may be missed.
 */

/**
 * The largest first cost of a label (of its apex, where there is a tolerance) that is worth going on.
 *
 * @throws RangeError when a limit is negative or no whole number
 */
export function largestFirstCost(
  limits: readonly number[] | undefined,
  tolerance: Tolerance | undefined,
): number {
  requireLimits(limits);
  const [limit = Infinity] = limits ?? [];
  if (limit >= COST_LIMIT) return NO_LIMIT;
  return tolerance === undefined ? limit : tolerance.largestWithin(limit);
}

/**
 * Marks what lies beyond the limits of the other costs as if routes were known that beat it: ones that
 * cost one more than the limit in one objective and nothing in the others. What a front search does to
 * leave out labels that a known route beats is then all it takes to keep the limits.
 *
 * @param insert adds to the front of the destination, which is empty
 * @returns false when memory is used up
 */
export function markLimits(
  insert: (c2: number, c3: number, c4: number) => boolean,
  limits: readonly number[] | undefined,
): boolean {
  const [, second = Infinity, third = Infinity, fourth = Infinity] = limits ?? [];
  return (
    (second >= COST_LIMIT || insert(second + 1, 0, 0)) &&
    (third >= COST_LIMIT || insert(0, third + 1, 0)) &&
    (fourth >= COST_LIMIT || insert(0, 0, fourth + 1))
  );
}

/** @throws RangeError when a limit is negative or no whole number */
export function requireLimits(limits: readonly number[] | undefined): void {
  for (const limit of limits ?? []) {
    if (limit === Infinity || (Number.isInteger(limit) && limit >= 0)) continue;
    throw new RangeError(`the limit ${limit} is no whole number >= 0`);
  }
}
