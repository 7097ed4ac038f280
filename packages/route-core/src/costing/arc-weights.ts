import { arcEnds } from "../graph/arc-ends.ts";
import { ACCESS_NONE, ACCESS_RESTRICTED } from "../osm/way-access.ts";
import { buildSearchGraph, INF, type SearchGraph } from "../search/search-graph.ts";
import { addArc, createConsumption, resetConsumption } from "./arc-consumption.ts";
import type { Costing } from "./costing.ts";
import { writeSearchCosts } from "./objective-costs.ts";
import { turnBansOf } from "./vehicle-turns.ts";

/** Every objective counts. */
const ALL_OBJECTIVES = 7;

/**
 * Costs of every arc in search units, three per arc id; INF where the vehicle may not go.
 *
 * @param objectiveMask - bit k set = objective k counts; the others become zero
 */
export function arcWeights(costing: Costing, objectiveMask = ALL_OBJECTIVES): Int32Array {
  const { graph, access, rates } = costing;
  const weights = new Int32Array(3 * access.arcLevel.length).fill(INF);
  const consumption = createConsumption();
  for (let arc = 0; arc < 2 * graph.edgeCount; arc++) {
    if (access.arcLevel[arc] === ACCESS_NONE) continue;
    resetConsumption(consumption);
    addArc(costing, arc, consumption);
    writeSearchCosts(consumption, rates, weights, 3 * arc);
    for (let k = 0; k < 3; k++) if ((objectiveMask & (1 << k)) === 0) weights[3 * arc + k] = 0;
  }
  return weights;
}

/** Per arc id: 1 = open to the vehicle, but not as a through road. */
export function restrictedArcs({ access }: Pick<Costing, "access">): Uint8Array {
  return Uint8Array.from(access.arcLevel, (level) => (level === ACCESS_RESTRICTED ? 1 : 0));
}

/**
 * The graph a search runs on: the arcs a vehicle may use with their costs, the ones that are for
 * access only, and the turns it may not make.
 *
 * @param costs - those of `arcWeights`
 */
export function customizeSearchGraph(costing: Costing, costs: Int32Array): SearchGraph {
  const { graph, vehicle } = costing;
  const { tails, heads } = arcEnds(graph);
  const restricted = restrictedArcs(costing);
  return buildSearchGraph({
    nodeCount: graph.nodeCount,
    tails,
    heads,
    costs,
    restricted,
    turnBans: turnBansOf(graph, vehicle),
  });
}
