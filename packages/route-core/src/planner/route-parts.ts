import {
  addArc,
  addArcPart,
  createConsumption,
  type Consumption,
} from "../costing/arc-consumption.ts";
import type { Costing } from "../costing/costing.ts";
import { addArrival, addDeparture } from "../costing/trip-ends.ts";
import { distanceE7 } from "../geo/distance.ts";
import type { LonLat } from "../geo/lon-lat.ts";
import { climbBetween } from "../graph/edge-pieces.ts";
import { nodeAt } from "../graph/node-at.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { NO_ARC } from "../search/search-query.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import { type Climb, type EdgeCourses, heightsAlong } from "./edge-courses.ts";
import type { ExactList } from "./exact-list.ts";
import type { ElevationAnnotation } from "./plan-types.ts";
import { type ArcPart, arrivalM, departureM, directPart, endPart, startPart } from "./arc-part.ts";

/** Parts that are whole arcs, by arc: the routes of a front share them. */
export type WholeParts = Map<number, ArcPart>;

/**
 * Turns the arcs of a found path into the parts that are really driven; at least one.
 *
 * @param wholes - parts of earlier paths of the same front
 */
export function partsOfPath(
  costing: Costing,
  origin: EdgePosition,
  destination: EdgePosition,
  path: Int32Array,
  wholes: WholeParts,
): ArcPart[] {
  const last = path.length - 1;
  if (last === 0) return [directPart(origin, destination, path[0]!)!];
  const parts: ArcPart[] = [];
  for (const [index, arc] of path.entries()) {
    // A trip that starts or ends on a junction has no arc there.
    if (arc === NO_ARC) continue;
    if (index === 0) parts.push(startPart(costing, origin, arc));
    else if (index === last) parts.push(endPart(costing, destination, arc));
    else parts.push(wholePart(costing, arc, wholes));
  }
  const { edge, atM } = origin;
  return parts.length > 0 ? parts : [{ arc: 2 * edge, fromM: atM, toM: atM }];
}

function wholePart(costing: Costing, arc: number, wholes: WholeParts): ArcPart {
  const known = wholes.get(arc);
  if (known !== undefined) return known;
  const part = { arc, fromM: 0, toM: costing.graph.edgeLengthM[arc >> 1]! };
  wholes.set(arc, part);
  return part;
}

/** Sums what driving the legs of a trip takes, each from rest to rest. */
export function consumptionOf(
  costing: Costing,
  legs: readonly (readonly ArcPart[])[],
): Consumption {
  const sum = createConsumption();
  for (const parts of legs) {
    for (const part of parts) drivePart(costing, part, sum);
    const [first, last] = [parts[0]!, parts.at(-1)!];
    if (staysAtPlace(costing.graph, first, last)) continue;
    addDeparture(costing, first.arc, departureM(first), sum);
    addArrival(costing, last.arc, arrivalM(last), sum);
  }
  return sum;
}

/** Adds what driving a part takes, without setting off and coming to rest. */
export function drivePart(costing: Costing, part: ArcPart, sum: Consumption): void {
  if (isWholeEdge(costing.graph, part)) addArc(costing, part.arc, sum);
  else addArcPart(costing, part.arc, part.fromM, part.toM, sum);
}

/** Whether a leg goes nowhere, or ends at the junction where it began. */
export function staysAtPlace(graph: RoutingGraph, first: ArcPart, last: ArcPart): boolean {
  if (first === last && first.fromM === first.toM) return true;
  const node = nodeAt(graph, { edge: first.arc >> 1, atM: departureM(first) });
  return node >= 0 && node === nodeAt(graph, { edge: last.arc >> 1, atM: arrivalM(last) });
}

/** Metres climbed and descended on the parts. */
export function climbOf(costing: Costing, courses: EdgeCourses, parts: readonly ArcPart[]): Climb {
  let ascentM = 0;
  let descentM = 0;
  for (const part of parts) {
    const edge = part.arc >> 1;
    const climb = isWholeEdge(costing.graph, part)
      ? courses.climbOf(edge)
      : climbBetween(costing.graph, edge, part.fromM, part.toM);
    const back = (part.arc & 1) === 1;
    ascentM += back ? climb.descentM : climb.ascentM;
    descentM += back ? climb.ascentM : climb.descentM;
  }
  return { ascentM, descentM };
}

/** Whether a part is all of its arc. */
export function isWholeEdge(graph: RoutingGraph, { arc, fromM, toM }: ArcPart): boolean {
  return fromM === 0 && toM === graph.edgeLengthM[arc >> 1];
}

/** Positions along the parts, in driving order, without repeated points at the joints. */
export function coordinatesOf(
  graph: RoutingGraph,
  courses: EdgeCourses,
  parts: readonly ArcPart[],
): LonLat[] {
  const { line } = courses;
  for (const part of parts) {
    if (isWholeEdge(graph, part)) addWhole(line, courses.shapeOf(part.arc));
    else addPart(line, partShape(graph, part), (part.arc & 1) === 1);
  }
  const coordinates = line.take();
  const only = coordinates[0];
  // A LineString has at least two positions, also for a trip of no length.
  if (coordinates.length === 1 && only !== undefined) coordinates.push(only);
  return coordinates;
}

/** @param shape - without repetitions of its own */
function addWhole(line: ExactList<LonLat>, shape: readonly LonLat[]): void {
  const first = shape[0];
  if (first !== undefined && !isAt(line.last, first)) line.add(first);
  for (let at = 1; at < shape.length; at++) line.add(shape[at]!);
}

function addPart(line: ExactList<LonLat>, shape: readonly LonLat[], back: boolean): void {
  for (let i = 0; i < shape.length; i++) {
    const point = shape[back ? shape.length - 1 - i : i]!;
    if (!isAt(line.last, point)) line.add(point);
  }
}

function isAt(last: LonLat | undefined, [lon, lat]: LonLat): boolean {
  return last?.[0] === lon && last[1] === lat;
}

/** Shape of a part in the direction of its edge. */
export function partShape(graph: RoutingGraph, { arc, fromM, toM }: ArcPart): LonLat[] {
  const { firstPoint, pointLonE7, pointLatE7 } = graph;
  const edge = arc >> 1;
  const shape: LonLat[] = [];
  let atM = 0;
  for (let point = firstPoint[edge]!; point < firstPoint[edge + 1]! - 1; point++) {
    const lonA = pointLonE7[point]!;
    const latA = pointLatE7[point]!;
    const lonB = pointLonE7[point + 1]!;
    const latB = pointLatE7[point + 1]!;
    const lengthM = distanceE7(lonA, latA, lonB, latB);
    const endM = atM + lengthM;
    const isLast = point === firstPoint[edge + 1]! - 2;
    if (endM >= fromM && atM <= toM) {
      const at = (metres: number): LonLat => {
        const share = lengthM > 0 ? Math.min(1, Math.max(0, (metres - atM) / lengthM)) : 0;
        return [
          Math.round(lonA + (lonB - lonA) * share) / 1e7,
          Math.round(latA + (latB - latA) * share) / 1e7,
        ];
      };
      if (shape.length === 0) shape.push(at(Math.max(fromM, atM)));
      shape.push(isLast && toM >= endM ? [lonB / 1e7, latB / 1e7] : at(Math.min(toM, endM)));
    }
    atM = endM;
  }
  return shape;
}

/** Heights along the parts at most every 50 metres; a void is null. */
export function elevationAlong(
  costing: Costing,
  courses: EdgeCourses,
  parts: readonly ArcPart[],
): ElevationAnnotation {
  const { distanceM, elevationM } = courses;
  let doneM = 0;
  for (const [index, part] of parts.entries()) {
    const heights = isWholeEdge(costing.graph, part)
      ? courses.heightsOf(part.arc)
      : heightsAlong(costing.graph, part);
    // Where a part begins, the one before it has ended.
    for (let at = index === 0 ? 0 : 1; at < heights.alongM.length; at++) {
      distanceM.add(Math.round((doneM + heights.alongM[at]!) * 10) / 10);
      elevationM.add(heights.elevationM[at]!);
    }
    doneM += part.toM - part.fromM;
  }
  return { distanceM: distanceM.take(), elevationM: elevationM.take() };
}
