export { customizeSearchGraph } from "./costing/arc-weights.ts";
export {
  ANYTIME_STEPS,
  type AnytimeOptions,
  anytimeSearch,
  FIRST_TRY_LABELS,
} from "./search/anytime-search.ts";
export { bestPath } from "./search/best-path.ts";
export { epsilonSearch } from "./search/epsilon-search.ts";
export { exactSearch } from "./search/exact-search.ts";
export { createHierarchyBounds } from "./search/hierarchy-bounds.ts";
export type { BoundsSource, LowerBounds } from "./search/lower-bounds.ts";
export {
  createMixedBounds,
  customizeMixes,
  type MixedBounds,
  type MixedWeights,
} from "./search/mixed-bounds.ts";
export { NodeHeap } from "./search/node-heap.ts";
export type { SearchBudget } from "./search/search-budget.ts";
export { buildSearchGraph, INF, type SearchGraph } from "./search/search-graph.ts";
export {
  type CostVector,
  NO_ARC,
  type QueryDirect,
  type QueryEnd,
  type QueryStart,
  type SearchQuery,
} from "./search/search-query.ts";
export type { ProvenResult, SearchResult, SearchStatus } from "./search/search-result.ts";
export {
  createSearchSpace,
  type SearchSpace,
  type SearchSpaceOptions,
} from "./search/search-space.ts";
export { buildTurnBans, type TurnBans } from "./search/turn-bans.ts";
export type { BannedTurn } from "./search/turn-states.ts";
