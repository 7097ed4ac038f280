import { isReasonError } from "@gradeway/reason-codes";

import type { ArrayTaker } from "../array-taker.ts";
import { arcWeights, customizeSearchGraph } from "../costing/arc-weights.ts";
import { countRaisedArcs } from "../costing/cost-shift.ts";
import { turnBansOf } from "../costing/vehicle-turns.ts";
import { createCosting, type Costing } from "../costing/costing.ts";
import type { CostingInputs } from "../costing-store/costing-key.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { Poll } from "../hierarchy/basic-weights.ts";
import { customize } from "../hierarchy/customize.ts";
import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import {
  type HierarchyWeights,
  weightsByteLength,
  weightsIn,
} from "../hierarchy/hierarchy-weights.ts";
import type { AccessKind } from "../osm/way-access.ts";
import { createBackwardDijkstra } from "../search/backward-dijkstra.ts";
import { graphFacts } from "../search/graph-facts.ts";
import { createHierarchyBounds } from "../search/hierarchy-bounds.ts";
import { createSearchSpace, SearchScratch, type SearchSpace } from "../search/search-space.ts";
import type { TurnBans } from "../search/turn-bans.ts";
import { openNetwork, type OpenNetwork } from "./access-pockets.ts";

/** A costing with the search graph and scratch made for it. */
export interface PreparedCosting {
  readonly costing: Costing;
  readonly space: SearchSpace;
  readonly objectiveMask: number;
  readonly network: OpenNetwork;
  /** See {@link Certificate.raisedArcs}. */
  readonly raisedArcs?: number;
}

/**
 * Prepares a costing with the arrays it is given.
 *
 * @param poll - stops the work by throwing
 */
export type PrepareCosting = (
  inputs: CostingInputs,
  arrays: ArrayTaker,
  poll: Poll,
) => PreparedCosting;

/**
 * Creates what prepares costings of a graph on one thread. What does not depend on the costing is made
 * once; what the thread needs for itself to search one costing is made anew for each.
 *
 * @param hierarchy - of the graph, if there is one; it makes bounds of searches cheap
 */
export function createPreparation(graph: RoutingGraph, hierarchy?: Hierarchy): PrepareCosting {
  const { nodeCount, edgeCount } = graph;
  const scratch = new SearchScratch({ nodeCount, arcIdCount: 2 * edgeCount });
  const bansOf = new Map<AccessKind, TurnBans>();

  return ({ vehicle, payloadKg, rules, rates, weather, objectiveMask }, arrays, poll) => {
    const turnBans = bansOf.get(vehicle.accessKind) ?? turnBansOf(graph, vehicle.accessKind);
    bansOf.set(vehicle.accessKind, turnBans);
    const costing = createCosting(graph, vehicle, payloadKg, rules, rates, arrays, weather);
    const costs = arrays.isFilled ? NO_COSTS : arcWeights(costing, objectiveMask, poll);
    const raised = raisedArcsOf(costing, costs, objectiveMask, arrays);
    const searchGraph = customizeSearchGraph(costing, costs, arrays, turnBans);
    poll();
    const network = openNetwork(searchGraph, arrays);
    poll();
    const facts = graphFacts(searchGraph, arrays);
    poll();
    const weights = hierarchy && weightsOf(hierarchy, costs, searchGraph.restricted, arrays, poll);
    const bounds =
      hierarchy === undefined || weights === undefined
        ? createBackwardDijkstra(searchGraph)
        : createHierarchyBounds(searchGraph, hierarchy, weights);
    const space = createSearchSpace(searchGraph, { scratch, bounds, facts });
    return { costing, space, objectiveMask, network, ...raised };
  };
}

const NO_COSTS = new Int32Array(0);

function raisedArcsOf(
  { shift }: Costing,
  costs: Int32Array,
  objectiveMask: number,
  arrays: ArrayTaker,
): Pick<PreparedCosting, "raisedArcs"> {
  if (shift === undefined) return {};
  const count = arrays.int32(1);
  if (!arrays.isFilled) count[0] = countRaisedArcs(shift, costs, objectiveMask);
  return { raisedArcs: count[0]! };
}

/**
 * A hierarchy cannot hold roads that cost more than any search counts. Such figures are wrong, but
 * trips elsewhere are good: these are planned with bounds that the roads do not disturb.
 */
function weightsOf(
  hierarchy: Hierarchy,
  costs: Int32Array,
  closed: Uint8Array,
  arrays: ArrayTaker,
  poll: Poll,
): HierarchyWeights | undefined {
  const content = { metricCount: 3 };
  const isCountable = arrays.int32(1);
  const length = weightsByteLength(hierarchy, content) / Int32Array.BYTES_PER_ELEMENT;
  if (arrays.isFilled) {
    return isCountable[0] === 1 ? weightsIn(hierarchy, content, arrays.int32(length)) : undefined;
  }
  try {
    const allocate = (needed: number): Int32Array => arrays.int32(needed);
    const weights = customize(hierarchy, { ...content, costs, closed, allocate, poll });
    isCountable[0] = 1;
    return weights;
  } catch (error) {
    if (!isReasonError(error) || error.reasonCode !== "search_cost_overflow") throw error;
    return undefined;
  }
}
