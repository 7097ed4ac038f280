import { addArcPart, createConsumption } from "../costing/arc-consumption.ts";
import { potentialOnEdge, shiftCosts } from "../costing/cost-shift.ts";
import type { Costing } from "../costing/costing.ts";
import { writeSearchCosts } from "../costing/objective-costs.ts";
import { addArrival, addDeparture } from "../costing/trip-ends.ts";
import type { CostVector } from "../search/search-query.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";

/** Part of an arc: distances from the edge's tail, `fromM <= toM` whatever the direction. */
export interface ArcPart {
  readonly arc: number;
  readonly fromM: number;
  readonly toM: number;
}

/** Which ends of a trip, both at rest, a part of it holds. */
export interface TripEnds {
  readonly departs?: boolean;
  readonly arrives?: boolean;
}

export const DEPARTS: TripEnds = { departs: true };
export const ARRIVES: TripEnds = { arrives: true };

/** Search costs of part of an arc, shifted as those of whole arcs are. */
export function partCosts(
  costing: Costing,
  part: ArcPart,
  objectiveMask: number,
  { departs, arrives }: TripEnds = {},
): CostVector {
  const consumption = createConsumption();
  addArcPart(costing, part.arc, part.fromM, part.toM, consumption);
  if (departs === true) addDeparture(costing, part.arc, departureM(part), consumption);
  if (arrives === true) addArrival(costing, part.arc, arrivalM(part), consumption);
  const costs: [number, number, number] = [0, 0, 0];
  writeSearchCosts(consumption, costing.rates, costs, 0);
  const { graph, shift } = costing;
  if (shift !== undefined) {
    const edge = part.arc >> 1;
    const riseOf = (k: number): number =>
      potentialOnEdge(graph, shift, k, edge, arrivalM(part)) -
      potentialOnEdge(graph, shift, k, edge, departureM(part));
    shiftCosts(costs, 0, riseOf(1), riseOf(2));
  }
  for (let k = 0; k < 3; k++) if ((objectiveMask & (1 << k)) === 0) costs[k] = 0;
  return costs;
}

/** Where a part begins, in metres from the tail of its edge. */
export function departureM({ arc, fromM, toM }: ArcPart): number {
  return (arc & 1) === 0 ? fromM : toM;
}

/** Where a part ends, in metres from the tail of its edge. */
export function arrivalM({ arc, fromM, toM }: ArcPart): number {
  return (arc & 1) === 0 ? toM : fromM;
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
