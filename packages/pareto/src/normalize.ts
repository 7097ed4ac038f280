import type { CostVector } from "./dominance.ts";

/** Best and worst value of every objective over a set. */
export interface Extent {
  readonly ideal: readonly number[];
  readonly nadir: readonly number[];
}

/**
 * Best and worst value per objective.
 *
 * @throws {RangeError} for an empty set
 */
export function extentOf(costs: readonly CostVector[]): Extent {
  const first = costs[0];
  if (first === undefined) throw new RangeError("an empty set has no extent");
  const ideal = [...first];
  const nadir = [...first];
  for (const vector of costs) {
    for (let k = 0; k < vector.length; k++) {
      ideal[k] = Math.min(ideal[k]!, vector[k]!);
      nadir[k] = Math.max(nadir[k]!, vector[k]!);
    }
  }
  return { ideal, nadir };
}

/** Scales vectors so that ideal is 0 and nadir is 1; an objective without spread becomes 0. */
export function normalize(costs: readonly CostVector[], extent = extentOf(costs)): number[][] {
  return costs.map((vector) =>
    vector.map((value, k) => {
      const range = extent.nadir[k]! - extent.ideal[k]!;
      return range > 0 ? (value - extent.ideal[k]!) / range : 0;
    }),
  );
}
