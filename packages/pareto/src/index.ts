export { createParetoArchive, type ParetoArchive } from "./archive.ts";
export { chooseSubset, type ChooseOptions, type Overlap } from "./choose-subset.ts";
export type { Costs, CostVector, FlatCosts } from "./costs.ts";
export { additiveEpsilon, coverageFactor } from "./coverage.ts";
export { crowdingDistances } from "./crowding.ts";
export { compareLexicographic, dominates, weaklyDominates } from "./dominance.ts";
export { hypervolume } from "./hypervolume.ts";
export { kneeIndex } from "./knee.ts";
export type { Extent } from "./normalize.ts";
export { extentOf, normalize } from "./normalize.ts";
export { paretoFilter } from "./pareto-filter.ts";
export { maxRegret } from "./regret.ts";
export {
  augmentedTchebycheff,
  lowestIndex,
  type TchebycheffOptions,
  weightedSums,
} from "./scalarization.ts";
export { spreadSubset } from "./spread-subset.ts";
export { vikor, type VikorOptions, type VikorRanking } from "./vikor.ts";
