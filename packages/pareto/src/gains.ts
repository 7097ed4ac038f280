import type { CostTable } from "./costs.ts";
import { hypervolume } from "./hypervolume.ts";
import { regretOf } from "./regret.ts";

/** What one more vector would add to those chosen; costs from ideal 0 to nadir 1. */
export interface Gain {
  exact(scaled: CostTable, index: number, chosen: readonly number[]): number;
  /** No less than the exact gain, and found at once. */
  bound(scaled: CostTable, index: number, chosen: readonly number[]): number;
}

/** Where the hypervolume ends, beyond the nadir at 1, so that extremes count as well. */
const REFERENCE = 1.1;

/** Hypervolume that only this vector has: its box less the part that the chosen ones have of it. */
export const volumeGain: Gain = {
  exact({ dimensions, values }, index, chosen) {
    const from = index * dimensions;
    const shared = new Float64Array(chosen.length * dimensions);
    for (let at = 0; at < shared.length; at++) {
      const k = at % dimensions;
      const other = chosen[(at - k) / dimensions]!;
      shared[at] = Math.max(values[from + k]!, values[other * dimensions + k]!);
    }
    const reference = Array.from({ length: dimensions }, () => REFERENCE);
    return (
      boxOf(values, from, from, dimensions) - hypervolume({ dimensions, values: shared }, reference)
    );
  },
  bound({ dimensions, values }, index, chosen) {
    const from = index * dimensions;
    let shared = 0;
    for (const other of chosen) {
      shared = Math.max(shared, boxOf(values, from, other * dimensions, dimensions));
    }
    return boxOf(values, from, from, dimensions) - shared;
  },
};

/** Regret of not having this vector beside the chosen ones. */
export const regretGain: Gain = {
  exact: (scaled, index, chosen) => regretOf(scaled, index, scaled, chosen),
  /** Against any one of them no weights lose more than the objective with the greatest difference. */
  bound({ dimensions, values }, index, chosen) {
    let least = Infinity;
    for (const other of chosen) {
      let most = -Infinity;
      for (let k = 0; k < dimensions; k++) {
        const loss = values[other * dimensions + k]! - values[index * dimensions + k]!;
        most = Math.max(most, loss);
      }
      least = Math.min(least, most);
    }
    return least;
  },
};

/** The box from the worse of two vectors in each objective to the reference. */
function boxOf(values: Float64Array, a: number, b: number, dimensions: number): number {
  let product = 1;
  for (let k = 0; k < dimensions; k++) {
    product *= REFERENCE - Math.max(values[a + k]!, values[b + k]!);
  }
  return product;
}
