export { coverageFactor } from "./coverage.ts";
export type { CostVector } from "./dominance.ts";
export { compareLexicographic, dominates, weaklyDominates } from "./dominance.ts";
export { kneeIndex } from "./knee.ts";
export type { Extent } from "./normalize.ts";
export { extentOf, normalize } from "./normalize.ts";
export { paretoFilter } from "./pareto-filter.ts";
export { spreadSubset } from "./spread-subset.ts";
