import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { arcEnds } from "../graph/arc-ends.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { Poll } from "../hierarchy/basic-weights.ts";
import { ACCESS_NONE, ACCESS_RESTRICTED } from "../osm/way-access.ts";
import {
  buildSearchGraph,
  INF,
  openSearchGraph,
  type SearchGraph,
} from "../search/search-graph.ts";
import { addArc, createConsumption, resetConsumption } from "./arc-consumption.ts";
import { type CostShift, potentialAtNode, shiftCosts } from "./cost-shift.ts";
import type { Costing } from "./costing.ts";
import { writeSearchCosts } from "./objective-costs.ts";
import { turnBansOf } from "./vehicle-turns.ts";

/** Every objective counts. */
const ALL_OBJECTIVES = 7;

/** Arcs between two polls. */
const POLL_MASK = 2 ** 11 - 1;

/**
 * Costs of every arc in search units, three per arc id, none below 0 (see cost-shift.ts); INF where the
 * vehicle may not go.
 *
 * @param objectiveMask - bit k set = objective k counts; the others become zero
 * @param poll - stops the work by throwing
 */
export function arcWeights(
  costing: Costing,
  objectiveMask = ALL_OBJECTIVES,
  poll?: Poll,
): Int32Array {
  const { graph, access, rates, shift } = costing;
  const weights = new Int32Array(3 * access.arcLevel.length).fill(INF);
  const consumption = createConsumption();
  for (let arc = 0; arc < 2 * graph.edgeCount; arc++) {
    if ((arc & POLL_MASK) === 0) poll?.();
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
export function restrictedArcs(
  { access: { arcLevel } }: Pick<Costing, "access">,
  arrays: ArrayTaker = newArrays,
): Uint8Array {
  const restricted = arrays.uint8(arcLevel.length);
  if (arrays.isFilled) return restricted;
  for (let arc = 0; arc < arcLevel.length; arc++) {
    if (arcLevel[arc] === ACCESS_RESTRICTED) restricted[arc] = 1;
  }
  return restricted;
}

/**
 * The graph a search runs on: the arcs a vehicle may use with their costs, the ones that are for
 * access only, and the turns it may not make.
 *
 * @param costs - those of `arcWeights`; not looked at where the arrays are filled
 * @param turnBans - those of the vehicle's kind
 */
export function customizeSearchGraph(
  { graph, access, vehicle }: Costing,
  costs: Int32Array,
  arrays: ArrayTaker = newArrays,
  turnBans = turnBansOf(graph, vehicle.accessKind),
): SearchGraph {
  const { nodeCount } = graph;
  const restricted = restrictedArcs({ access }, arrays);
  if (arrays.isFilled) return openSearchGraph({ nodeCount, restricted, turnBans }, arrays);
  const { tails, heads } = arcEnds(graph);
  return buildSearchGraph({ nodeCount, tails, heads, costs, restricted, turnBans, arrays });
}
