import type { Costing } from "../costing/costing.ts";
import { nodeAt } from "../graph/node-at.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { ACCESS_NONE } from "../osm/way-access.ts";
import { ARC_ID, IN_STRIDE, type SearchGraph } from "../search/search-graph.ts";
import {
  NO_ARC,
  type QueryDirect,
  type QueryEnd,
  type QueryStart,
  type SearchQuery,
} from "../search/search-query.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import { type OpenNetwork, pocketArcs } from "./access-pockets.ts";
import {
  type ArcPart,
  ARRIVES,
  DEPARTS,
  directPart,
  endPart,
  partCosts,
  startPart,
} from "./arc-part.ts";

/** What a trip keeps away from. */
export interface AvoidedArcs {
  /** Both arcs of every avoided edge, ascending. */
  readonly arcs: Int32Array;
  /** Whether driving part of an edge would lead over what is avoided. */
  isPartAvoided(part: ArcPart): boolean;
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
  const moves = !isSameJunction(graph, origin, destination);
  const query: SearchQuery = {
    starts: startsOf(costing, origin, objectiveMask, moves),
    ends: endsOf(costing, destination, objectiveMask, moves),
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

/** Whether two positions are the same junction. */
export function isSameJunction(graph: RoutingGraph, a: EdgePosition, b: EdgePosition): boolean {
  const node = nodeAt(graph, a);
  return node >= 0 && node === nodeAt(graph, b);
}

function startsOf(
  costing: Costing,
  origin: EdgePosition,
  objectiveMask: number,
  moves: boolean,
): QueryStart[] {
  const { graph } = costing;
  const node = nodeAt(graph, origin);
  if (node >= 0) {
    const costs = partCosts(costing, standing(origin), objectiveMask, moves ? DEPARTS : {});
    return [{ node, arcId: NO_ARC, costs }];
  }
  return usableArcs(costing, origin.edge).map((arcId) => ({
    node: headOf(graph, arcId),
    arcId,
    costs: partCosts(costing, startPart(costing, origin, arcId), objectiveMask, DEPARTS),
  }));
}

function endsOf(
  costing: Costing,
  destination: EdgePosition,
  objectiveMask: number,
  moves: boolean,
): QueryEnd[] {
  const { graph } = costing;
  const node = nodeAt(graph, destination);
  if (node >= 0) {
    const costs = partCosts(costing, standing(destination), objectiveMask, moves ? ARRIVES : {});
    return [{ node, arcId: NO_ARC, costs }];
  }
  return usableArcs(costing, destination.edge).map((arcId) => ({
    node: headOf(graph, arcId ^ 1),
    arcId,
    costs: partCosts(costing, endPart(costing, destination, arcId), objectiveMask, ARRIVES),
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
    return part === undefined ? [] : [directAlong(costing, part, objectiveMask)];
  });
}

/** A whole trip along one part; one that goes nowhere costs nothing. */
export function directAlong(costing: Costing, part: ArcPart, objectiveMask: number): QueryDirect {
  const ends = part.fromM < part.toM ? { ...DEPARTS, ...ARRIVES } : {};
  return { arcId: part.arc, costs: partCosts(costing, part, objectiveMask, ends) };
}

function standing({ edge, atM }: EdgePosition): ArcPart {
  return { arc: 2 * edge, fromM: atM, toM: atM };
}

/** The node that an arc leads to. */
export function headOf(graph: RoutingGraph, arc: number): number {
  return (arc & 1) === 0 ? graph.edgeHead[arc >> 1]! : graph.edgeTail[arc >> 1]!;
}

/** The arcs of an edge that the vehicle may drive. */
export function usableArcs(costing: Costing, edge: number): number[] {
  return [2 * edge, 2 * edge + 1].filter((arc) => costing.access.arcLevel[arc] !== ACCESS_NONE);
}
