import { addArcPart, createConsumption } from "../costing/arc-consumption.ts";
import { potentialOnEdge, shiftCosts } from "../costing/cost-shift.ts";
import type { Costing } from "../costing/costing.ts";
import { writeSearchCosts } from "../costing/objective-costs.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { ACCESS_NONE } from "../osm/way-access.ts";
import { ARC_ID, IN_STRIDE, type SearchGraph } from "../search/search-graph.ts";
import {
  type CostVector,
  NO_ARC,
  type QueryDirect,
  type QueryEnd,
  type QueryStart,
  type SearchQuery,
} from "../search/search-query.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import { type OpenNetwork, pocketArcs } from "./access-pockets.ts";

const NO_COSTS: CostVector = [0, 0, 0];

/** Part of an arc: distances from the edge's tail, `fromM <= toM` whatever the direction. */
export interface ArcPart {
  readonly arc: number;
  readonly fromM: number;
  readonly toM: number;
}

/** What a trip keeps away from. */
export interface AvoidedArcs {
  /** Both arcs of every avoided edge, ascending. */
  readonly arcs: Int32Array;
  /** Whether driving part of an edge would lead over what is avoided. */
  isPartAvoided(part: ArcPart): boolean;
}

/** Search costs of part of an arc, shifted as those of whole arcs are. */
export function partCosts(costing: Costing, part: ArcPart, objectiveMask: number): CostVector {
  const consumption = createConsumption();
  addArcPart(costing, part.arc, part.fromM, part.toM, consumption);
  const costs: [number, number, number] = [0, 0, 0];
  writeSearchCosts(consumption, costing.rates, costs, 0);
  const { graph, shift } = costing;
  if (shift !== undefined) {
    const edge = part.arc >> 1;
    const [startM, endM] = (part.arc & 1) === 0 ? [part.fromM, part.toM] : [part.toM, part.fromM];
    const riseOf = (k: number): number =>
      potentialOnEdge(graph, shift, k, edge, endM) - potentialOnEdge(graph, shift, k, edge, startM);
    shiftCosts(costs, 0, riseOf(1), riseOf(2));
  }
  for (let k = 0; k < 3; k++) if ((objectiveMask & (1 << k)) === 0) costs[k] = 0;
  return costs;
}

/** The part of an arc that is driven when a trip starts at a position on its edge. */
export function startPart(costing: Costing, position: EdgePosition, arc: number): ArcPart {
  const lengthM = costing.graph.edgeLengthM[position.edge]!;
  return (arc & 1) === 0
    ? { arc, fromM: position.atM, toM: lengthM }
    : { arc, fromM: 0, toM: position.atM };
}

/** The part of an arc that is driven when a trip ends at a position on its edge. */
export function endPart(costing: Costing, position: EdgePosition, arc: number): ArcPart {
  const lengthM = costing.graph.edgeLengthM[position.edge]!;
  return (arc & 1) === 0
    ? { arc, fromM: 0, toM: position.atM }
    : { arc, fromM: position.atM, toM: lengthM };
}

/** The part of an arc between two positions on its edge, or undefined against the direction. */
export function directPart(
  origin: EdgePosition,
  destination: EdgePosition,
  arc: number,
): ArcPart | undefined {
  const forward = (arc & 1) === 0;
  const [fromM, toM] = forward ? [origin.atM, destination.atM] : [destination.atM, origin.atM];
  return fromM <= toM ? { arc, fromM, toM } : undefined;
}

/** An end closer to a junction than this stands on the junction, m. */
const AT_NODE_M = 1e-3;

/**
 * The junction that a position stands on, or -1. Every click beyond a corner is projected on one: a
 * trip may then leave over any road that meets there, not only over the edge that was found first.
 */
export function nodeAt(graph: RoutingGraph, { edge, atM }: EdgePosition): number {
  if (atM <= AT_NODE_M) return graph.edgeTail[edge]!;
  return atM >= graph.edgeLengthM[edge]! - AT_NODE_M ? graph.edgeHead[edge]! : -1;
}

/** Translates two snapped ends into a search query; avoided parts of their roads are no ends. */
export function tripQuery(
  costing: Costing,
  searchGraph: SearchGraph,
  network: OpenNetwork,
  origin: EdgePosition,
  destination: EdgePosition,
  objectiveMask: number,
  avoided?: AvoidedArcs,
): SearchQuery {
  const { graph } = costing;
  const openArcs = Int32Array.from(
    new Set([
      ...pocketArcs(graph, searchGraph, network, origin.edge),
      ...pocketArcs(graph, searchGraph, network, destination.edge),
    ]),
  ).sort();
  const query: SearchQuery = {
    starts: startsOf(costing, origin, objectiveMask),
    ends: endsOf(costing, destination, objectiveMask),
    direct: directOf(costing, origin, destination, objectiveMask),
    openArcs,
  };
  if (avoided === undefined) return query;
  const isFree = (part: ArcPart): boolean => !avoided.isPartAvoided(part);
  return {
    ...query,
    starts: query.starts.filter(
      ({ arcId }) => arcId === NO_ARC || isFree(startPart(costing, origin, arcId)),
    ),
    ends: query.ends.filter(
      ({ arcId }) => arcId === NO_ARC || isFree(endPart(costing, destination, arcId)),
    ),
    direct: query.direct.filter(({ arcId }) => isFree(directPart(origin, destination, arcId)!)),
    avoidedArcs: avoided.arcs,
  };
}

/** Whether every way to begin (or to end) a trip at a position is avoided. */
export function isEndAvoided(
  costing: Costing,
  searchGraph: SearchGraph,
  avoided: AvoidedArcs,
  position: EdgePosition,
  which: "origin" | "destination",
): boolean {
  const node = nodeAt(costing.graph, position);
  if (node < 0) {
    const partOf = which === "origin" ? startPart : endPart;
    return usableArcs(costing, position.edge).every((arc) =>
      avoided.isPartAvoided(partOf(costing, position, arc)),
    );
  }
  const { firstOut, outArcs, arcStride, firstIn, inArcs } = searchGraph;
  const first = which === "origin" ? firstOut : firstIn;
  for (let k = first[node]!; k < first[node + 1]!; k++) {
    const at = which === "origin" ? k * arcStride : inArcs[k * IN_STRIDE + 1]!;
    const arc = outArcs[at + ARC_ID]!;
    const edge = arc >> 1;
    // The junction itself, as the place on this edge that it is.
    const atM = costing.graph.edgeTail[edge] === node ? 0 : costing.graph.edgeLengthM[edge]!;
    if (!avoided.isPartAvoided({ arc, fromM: atM, toM: atM })) return false;
  }
  return true;
}

/**
 * A place that a trip passes. Where the truck must go on in the direction in which it came, one stop stands
 * for each arc by which it may come.
 */
export interface Stop {
  readonly position: EdgePosition;
  /** The arc it comes by, on the position's edge; undefined where any will do, and it may turn. */
  readonly arc: number | undefined;
}

/** The stops of a waypoint that a truck may not turn round at. */
export function stopsAt(
  costing: Costing,
  searchGraph: SearchGraph,
  position: EdgePosition,
): readonly Stop[] {
  const { graph } = costing;
  const node = nodeAt(graph, position);
  if (node < 0) return usableArcs(costing, position.edge).map((arc) => ({ position, arc }));
  const { firstIn, inArcs, outArcs } = searchGraph;
  const stops: Stop[] = [];
  for (let k = firstIn[node]!; k < firstIn[node + 1]!; k++) {
    const arc = outArcs[inArcs[k * IN_STRIDE + 1]! + ARC_ID]!;
    const edge = arc >> 1;
    const atM = (arc & 1) === 0 ? graph.edgeLengthM[edge]! : 0;
    stops.push({ position: { ...position, edge, atM }, arc });
  }
  return stops;
}

/** Whether two positions are the same junction. */
export function isSameJunction(graph: RoutingGraph, a: EdgePosition, b: EdgePosition): boolean {
  const node = nodeAt(graph, a);
  return node >= 0 && node === nodeAt(graph, b);
}

/**
 * The query of a leg from stop to stop.
 *
 * @param whole the query between the two positions, whatever the directions
 */
export function legQuery(
  costing: Costing,
  searchGraph: SearchGraph,
  whole: SearchQuery,
  from: Stop,
  to: Stop,
  objectiveMask: number,
  avoided?: AvoidedArcs,
): SearchQuery {
  const { graph } = costing;
  const isFree = (part: ArcPart): boolean => avoided?.isPartAvoided(part) !== true;
  const costsOf = (part: ArcPart): CostVector => partCosts(costing, part, objectiveMask);
  let { starts, ends, direct } = whole;
  if (from.arc !== undefined) {
    const part = startPart(costing, from.position, from.arc);
    const start = { node: headOf(graph, from.arc), arcId: from.arc, costs: costsOf(part) };
    starts = isFree(part) ? [start] : [];
  }
  if (to.arc !== undefined) {
    const part = endPart(costing, to.position, to.arc);
    const isOpen = searchGraph.restricted[to.arc] === 0 || whole.openArcs.includes(to.arc);
    const end = { node: headOf(graph, to.arc ^ 1), arcId: to.arc, costs: costsOf(part) };
    ends = isOpen && isFree(part) ? [end] : [];
  }
  const arcId = from.arc ?? to.arc;
  if (arcId !== undefined) {
    const isAlong = (stop: Stop): boolean =>
      stop.arc === undefined
        ? stop.position.edge === arcId >> 1 && nodeAt(graph, stop.position) < 0
        : stop.arc === arcId;
    const part =
      isAlong(from) && isAlong(to) ? directPart(from.position, to.position, arcId) : undefined;
    direct = part !== undefined && isFree(part) ? [{ arcId, costs: costsOf(part) }] : [];
  }
  return { ...whole, starts, ends, direct };
}

function startsOf(costing: Costing, origin: EdgePosition, objectiveMask: number): QueryStart[] {
  const { graph } = costing;
  const node = nodeAt(graph, origin);
  if (node >= 0) return [{ node, arcId: NO_ARC, costs: NO_COSTS }];
  return usableArcs(costing, origin.edge).map((arcId) => ({
    node: headOf(graph, arcId),
    arcId,
    costs: partCosts(costing, startPart(costing, origin, arcId), objectiveMask),
  }));
}

function endsOf(costing: Costing, destination: EdgePosition, objectiveMask: number): QueryEnd[] {
  const { graph } = costing;
  const node = nodeAt(graph, destination);
  if (node >= 0) return [{ node, arcId: NO_ARC, costs: NO_COSTS }];
  return usableArcs(costing, destination.edge).map((arcId) => ({
    node: headOf(graph, arcId ^ 1),
    arcId,
    costs: partCosts(costing, endPart(costing, destination, arcId), objectiveMask),
  }));
}

/** Both ends within one edge: the way between them along it. */
function directOf(
  costing: Costing,
  origin: EdgePosition,
  destination: EdgePosition,
  objectiveMask: number,
): QueryDirect[] {
  const { graph } = costing;
  if (origin.edge !== destination.edge) return [];
  if (nodeAt(graph, origin) >= 0 || nodeAt(graph, destination) >= 0) return [];
  return usableArcs(costing, origin.edge).flatMap((arcId) => {
    const part = directPart(origin, destination, arcId);
    return part === undefined ? [] : [{ arcId, costs: partCosts(costing, part, objectiveMask) }];
  });
}

function headOf(graph: RoutingGraph, arc: number): number {
  return (arc & 1) === 0 ? graph.edgeHead[arc >> 1]! : graph.edgeTail[arc >> 1]!;
}

function usableArcs(costing: Costing, edge: number): number[] {
  return [2 * edge, 2 * edge + 1].filter((arc) => costing.access.arcLevel[arc] !== ACCESS_NONE);
}
