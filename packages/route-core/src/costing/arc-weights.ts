import { arcEnds } from "../graph/arc-ends.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { BAN_HGV, BAN_VAN } from "../graph/turn-ban-columns.ts";
import { ACCESS_NONE, ACCESS_RESTRICTED } from "../osm/way-access.ts";
import { buildSearchGraph, INF, type SearchGraph } from "../search/search-graph.ts";
import { buildTurnBans } from "../search/turn-bans.ts";
import { addArc, createConsumption, resetConsumption } from "./arc-consumption.ts";
import { type CostShift, potentialAtNode, shiftCosts } from "./cost-shift.ts";
import type { Costing } from "./costing.ts";
import { writeSearchCosts } from "./objective-costs.ts";

/** Every objective counts. */
const ALL_OBJECTIVES = 7;

/**
 * Costs of every arc in search units, three per arc id, none below 0 (see cost-shift.ts); INF where the
 * vehicle may not go.
 *
 * @param objectiveMask - bit k set = objective k counts; the others become zero
 */
export function arcWeights(costing: Costing, objectiveMask = ALL_OBJECTIVES): Int32Array {
  const { graph, access, rates, shift } = costing;
  const weights = new Int32Array(3 * access.arcLevel.length).fill(INF);
  const consumption = createConsumption();
  for (let arc = 0; arc < 2 * graph.edgeCount; arc++) {
    if (access.arcLevel[arc] === ACCESS_NONE) continue;
    resetConsumption(consumption);
    addArc(costing, arc, consumption);
    writeSearchCosts(consumption, rates, weights, 3 * arc);
    if (shift !== undefined) shiftArc(graph, shift, arc, weights);
    for (let k = 0; k < 3; k++) if ((objectiveMask & (1 << k)) === 0) weights[3 * arc + k] = 0;
  }
  return weights;
}

function shiftArc(graph: RoutingGraph, shift: CostShift, arc: number, weights: Int32Array): void {
  const forward = (arc & 1) === 0;
  const tail = forward ? graph.edgeTail[arc >> 1]! : graph.edgeHead[arc >> 1]!;
  const head = forward ? graph.edgeHead[arc >> 1]! : graph.edgeTail[arc >> 1]!;
  shiftCosts(
    weights,
    3 * arc,
    potentialAtNode(shift, 1, head) - potentialAtNode(shift, 1, tail),
    potentialAtNode(shift, 2, head) - potentialAtNode(shift, 2, tail),
  );
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
  const arcCount = 2 * graph.edgeCount;
  const { tails, heads } = arcEnds(graph);
  const restricted = restrictedArcs(costing);
  const kind = vehicle.accessKind === "hgv" ? BAN_HGV : BAN_VAN;
  const turns: { arcIn: number; arcOut: number }[] = [];
  for (let ban = 0; ban < graph.banFrom.length; ban++) {
    if ((graph.banKinds[ban]! & kind) !== 0) {
      turns.push({ arcIn: graph.banFrom[ban]!, arcOut: graph.banTo[ban]! });
    }
  }
  return buildSearchGraph({
    nodeCount: graph.nodeCount,
    tails,
    heads,
    costs,
    restricted,
    turnBans: buildTurnBans(arcCount, turns),
  });
}
