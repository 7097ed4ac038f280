import type { CostTable } from "./costs.ts";

/** Index of the first best vector of every objective of a table that has some. */
export function extremesOf({ count, dimensions, values }: CostTable): number[] {
  return Array.from({ length: dimensions }, (_, k) => {
    let best = 0;
    for (let index = 1; index < count; index++) {
      if (values[index * dimensions + k]! < values[best * dimensions + k]!) best = index;
    }
    return best;
  });
}
