import { isReasonError } from "@gradeway/reason-codes";

import { arcWeights, customizeSearchGraph } from "../costing/arc-weights.ts";
import { countRaisedArcs } from "../costing/cost-shift.ts";
import { createCosting, type Costing } from "../costing/costing.ts";
import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { customize } from "../hierarchy/customize.ts";
import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import { createBackwardDijkstra } from "../search/backward-dijkstra.ts";
import { createHierarchyBounds } from "../search/hierarchy-bounds.ts";
import type { BoundsSource } from "../search/lower-bounds.ts";
import type { SearchGraph } from "../search/search-graph.ts";
import { createSearchSpace, SearchScratch, type SearchSpace } from "../search/search-space.ts";
import { openNetwork, type OpenNetwork } from "./access-pockets.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import type { RegionData } from "./region-data.ts";
import { resolveVehicle } from "./resolve-vehicle.ts";

/** Customised weights that are kept; the least recently used one goes first. */
const KEPT_COSTINGS = 4;

/** A costing with the search graph and scratch made for it. */
export interface PreparedCosting {
  readonly costing: Costing;
  readonly space: SearchSpace;
  readonly objectiveMask: number;
  readonly network: OpenNetwork;
  /** See {@link Certificate.raisedArcs}. */
  readonly raisedArcs?: number;
}

/** Prepares and keeps costings by vehicle, payload and objectives. */
export interface CostingCache {
  /**
   * @throws {ReasonError} vehicle_profile_unavailable, payload_exceeds_limit, and those of `ratesOf`
   */
  prepare(request: PlanRequest): PreparedCosting;
}

/**
 * Creates an empty cache for a region.
 *
 * @param hierarchy - of the graph, if there is one; it makes bounds of searches cheap
 */
export function createCostingCache(
  region: RegionData,
  graph: RoutingGraph,
  hierarchy?: Hierarchy,
): CostingCache {
  const kept = new Map<string, PreparedCosting>();
  const { nodeCount, edgeCount } = graph;
  const scratch = new SearchScratch({ nodeCount, arcIdCount: 2 * edgeCount });

  function build(
    vehicle: VehicleProfile,
    payloadKg: number,
    objectiveMask: number,
  ): PreparedCosting {
    const costing = createCosting(graph, vehicle, payloadKg, region.speedRules, region.rates);
    const costs = arcWeights(costing, objectiveMask);
    const searchGraph = customizeSearchGraph(costing, costs);
    const bounds =
      hierarchy === undefined
        ? createBackwardDijkstra(searchGraph)
        : hierarchyBounds(hierarchy, searchGraph, costs);
    const space = createSearchSpace(searchGraph, { scratch, bounds });
    const { shift } = costing;
    return {
      costing,
      space,
      objectiveMask,
      network: openNetwork(searchGraph),
      ...(shift === undefined ? {} : { raisedArcs: countRaisedArcs(shift, costs, objectiveMask) }),
    };
  }

  return {
    prepare(request) {
      const { vehicle, payloadKg } = resolveVehicle(region, request);
      const objectiveMask = maskOf(request);
      const key = `${vehicle.id} ${payloadKg} ${objectiveMask}`;
      const known = kept.get(key);
      kept.delete(key);
      const prepared = known ?? build(vehicle, payloadKg, objectiveMask);
      kept.set(key, prepared);
      if (kept.size > KEPT_COSTINGS) kept.delete(kept.keys().next().value!);
      return prepared;
    },
  };
}

/**
 * A hierarchy cannot hold roads that cost more than any search counts. Such figures are wrong, but
 * trips elsewhere are good: these are planned with bounds that the roads do not disturb.
 */
function hierarchyBounds(
  hierarchy: Hierarchy,
  graph: SearchGraph,
  costs: Int32Array,
): BoundsSource {
  try {
    const weights = customize(hierarchy, { metricCount: 3, costs, closed: graph.restricted });
    return createHierarchyBounds(graph, hierarchy, weights);
  } catch (error) {
    if (!isReasonError(error) || error.reasonCode !== "search_cost_overflow") throw error;
    return createBackwardDijkstra(graph);
  }
}

function maskOf(request: PlanRequest): number {
  const wanted = request.objectives ?? OBJECTIVES;
  let mask = 0;
  for (const [index, objective] of OBJECTIVES.entries()) {
    if (wanted.includes(objective)) mask |= 1 << index;
  }
  return mask;
}
