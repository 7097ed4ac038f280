import { addArcPart, createConsumption } from "../costing/arc-consumption.ts";
import type { Costing } from "../costing/costing.ts";
import { writeSearchCosts } from "../costing/objective-costs.ts";
import { ACCESS_NONE } from "../osm/way-access.ts";
import type { SearchGraph } from "../search/search-graph.ts";
import type {
  CostVector,
  QueryDirect,
  QueryEnd,
  QueryStart,
  SearchQuery,
} from "../search/search-query.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import { type OpenNetwork, pocketArcs } from "./access-pockets.ts";

/** Part of an arc: distances from the edge's tail, `fromM <= toM` whatever the direction. */
export interface ArcPart {
  readonly arc: number;
  readonly fromM: number;
  readonly toM: number;
}

/** Search costs of part of an arc. */
export function partCosts(costing: Costing, part: ArcPart, objectiveMask: number): CostVector {
  const consumption = createConsumption();
  addArcPart(costing, part.arc, part.fromM, part.toM, consumption);
  const costs: [number, number, number] = [0, 0, 0];
  writeSearchCosts(consumption, costing.rates, costs, 0);
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

/** Translates two snapped ends into a search query. */
export function tripQuery(
  costing: Costing,
  searchGraph: SearchGraph,
  network: OpenNetwork,
  origin: EdgePosition,
  destination: EdgePosition,
  objectiveMask: number,
): SearchQuery {
  const { graph } = costing;
  const headOf = (arc: number): number =>
    (arc & 1) === 0 ? graph.edgeHead[arc >> 1]! : graph.edgeTail[arc >> 1]!;
  const starts: QueryStart[] = usableArcs(costing, origin.edge).map((arcId) => ({
    node: headOf(arcId),
    arcId,
    costs: partCosts(costing, startPart(costing, origin, arcId), objectiveMask),
  }));
  const ends: QueryEnd[] = usableArcs(costing, destination.edge).map((arcId) => ({
    node: headOf(arcId ^ 1),
    arcId,
    costs: partCosts(costing, endPart(costing, destination, arcId), objectiveMask),
  }));
  const direct: QueryDirect[] = [];
  if (origin.edge === destination.edge) {
    for (const arcId of usableArcs(costing, origin.edge)) {
      const part = directPart(origin, destination, arcId);
      if (part !== undefined)
        direct.push({ arcId, costs: partCosts(costing, part, objectiveMask) });
    }
  }
  const openArcs = Int32Array.from(
    new Set([
      ...pocketArcs(graph, searchGraph, network, origin.edge),
      ...pocketArcs(graph, searchGraph, network, destination.edge),
    ]),
  ).sort();
  return { starts, ends, direct, openArcs };
}

function usableArcs(costing: Costing, edge: number): number[] {
  return [2 * edge, 2 * edge + 1].filter((arc) => costing.access.arcLevel[arc] !== ACCESS_NONE);
}
