import { layOutMemory, type CostingMemory, storedBytes } from "../costing-store/costing-memory.ts";
import { costingByteLength } from "../costing-store/costing-size.ts";
import { decodeGraph } from "../graph/graph-codec.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import { openHierarchy } from "./open-hierarchy.ts";
import type { RegionData } from "./region-data.ts";

/** Settings of {@link createCostingMemory}. */
export interface CostingMemoryOptions {
  /** Planners that may use the memory at a time. */
  readonly members: number;
  /** Memory that may be taken; room for one costing is, in any case. Default: room for all members. */
  readonly maxBytes?: number | undefined;
}

/** Costings that there is room for by default, and two more for each member. */
const SPARE_COSTINGS = 2;

/**
 * Sets memory aside in which several planners of a region keep costings, each for all of them. Without
 * `maxBytes` it has room for two costings per planner and two more. Where there is room for fewer than
 * one per planner, a planner may have to make one for a single request.
 *
 * @throws {ReasonError} asset_version_unsupported, asset_invalid, hierarchy_graph_mismatch
 */
export function createCostingMemory(
  region: Pick<RegionData, "graph" | "hierarchy">,
  { members, maxBytes }: CostingMemoryOptions,
): CostingMemory {
  const graph = decodeGraph(region.graph);
  const hierarchy =
    region.hierarchy === undefined ? undefined : openHierarchy(region.hierarchy, region.graph);
  const slotBytes = costingByteLength(graph, hierarchy);
  return layOutMemory({
    slotCount: slotsIn(slotBytes, maxBytes) ?? SPARE_COSTINGS + 2 * members,
    // A thread that has ended may leave its place later than its successor comes.
    memberCount: 2 * members,
    slotBytes,
    allocate: (byteLength) => new SharedArrayBuffer(byteLength),
  });
}

/** Memory for the costings of a single planner. */
export function ownCostingMemory(
  graph: RoutingGraph,
  hierarchy: Hierarchy | undefined,
  maxBytes: number | undefined,
): CostingMemory {
  const slotBytes = costingByteLength(graph, hierarchy);
  return layOutMemory({
    slotCount: slotsIn(slotBytes, maxBytes) ?? SPARE_COSTINGS + 2,
    memberCount: 1,
    slotBytes,
    allocate: (byteLength) => new ArrayBuffer(byteLength),
  });
}

function slotsIn(slotBytes: number, maxBytes: number | undefined): number | undefined {
  if (maxBytes === undefined) return undefined;
  return Math.max(1, Math.floor(maxBytes / storedBytes(slotBytes)));
}
