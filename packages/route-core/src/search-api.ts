export {
  ANYTIME_STEPS,
  type AnytimeOptions,
  anytimeSearch,
  FIRST_TRY_LABELS,
} from "./search/anytime-search.ts";
export { bestPath } from "./search/best-path.ts";
export { epsilonSearch } from "./search/epsilon-search.ts";
export { exactSearch } from "./search/exact-search.ts";
export type { LowerBounds } from "./search/lower-bounds.ts";
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
export { createSearchSpace, type SearchSpace } from "./search/search-space.ts";
export { type BannedTurn, buildTurnBans, type TurnBans } from "./search/turn-bans.ts";
