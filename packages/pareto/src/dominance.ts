import type { CostVector } from "./costs.ts";

/**
 * Tells whether `a` dominates `b`: nowhere worse and somewhere better. Equal vectors do not dominate
 * each other.
 */
export function dominates(a: CostVector, b: CostVector): boolean {
  let better = false;
  for (let k = 0; k < a.length; k++) {
    if (a[k]! > b[k]!) return false;
    if (a[k]! < b[k]!) better = true;
  }
  return better;
}

/** Tells whether `a` is nowhere worse than `b`; true for equal vectors. */
export function weaklyDominates(a: CostVector, b: CostVector): boolean {
  for (let k = 0; k < a.length; k++) if (a[k]! > b[k]!) return false;
  return true;
}

/** Compares two vectors lexicographically, for sorting. */
export function compareLexicographic(a: CostVector, b: CostVector): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}
