export { arcWeights, restrictedArcs } from "./costing/arc-weights.ts";
export { createCosting } from "./costing/costing.ts";
export { buildHierarchy } from "./hierarchy/build-hierarchy.ts";
export { costMatrix } from "./hierarchy/cost-matrix.ts";
export { customize, type CustomizeOptions } from "./hierarchy/customize.ts";
export { dissect } from "./hierarchy/dissect.ts";
export type { DissectionStep, DissectionTask } from "./hierarchy/dissection-task.ts";
export type { Hierarchy } from "./hierarchy/hierarchy.ts";
export {
  decodeHierarchy,
  encodeHierarchy,
  HIERARCHY_FORMAT_VERSION,
  type HierarchyFile,
  hierarchySha256,
} from "./hierarchy/hierarchy-codec.ts";
export {
  type HierarchyWeights,
  type WeightedArcs,
  weightsByteLength,
} from "./hierarchy/hierarchy-weights.ts";
export { type HierarchyEnd, LazyPotentials } from "./hierarchy/lazy-potentials.ts";
export {
  type DissectionJob,
  type DissectionRunner,
  nestedDissection,
  nestedDissectionWith,
} from "./hierarchy/nested-dissection.ts";
export { type NetworkShape, networkShape } from "./hierarchy/network-shape.ts";
export { Reach } from "./hierarchy/reach.ts";
export { ShortestPaths } from "./hierarchy/shortest-paths.ts";
export { INF } from "./search/search-graph.ts";
