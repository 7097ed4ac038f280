import type { LonLat } from "../geo/lon-lat.ts";
import { climbBetween, heightAt } from "../graph/edge-pieces.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { ExactList } from "./exact-list.ts";
import type { ArcPart } from "./arc-part.ts";

/** Metres climbed and descended, seen forward. */
export interface Climb {
  readonly ascentM: number;
  readonly descentM: number;
}

/** Heights along a part in driving order, both ends included. */
export interface PartHeights {
  /** From the beginning of the part. */
  readonly alongM: readonly number[];
  /** To 0.1 m; a void is null. */
  readonly elevationM: readonly (number | null)[];
}

/** Largest distance between two heights of a route, m. */
const HEIGHT_STEP_M = 50;

/**
 * Shape, climb and heights of whole edges, read from the graph once per answer: the routes of a front
 * share most of their edges.
 */
export class EdgeCourses {
  /** For the lines that are put together of these. */
  readonly line = new ExactList<LonLat>();
  readonly distanceM = new ExactList<number>();
  readonly elevationM = new ExactList<number | null>();
  readonly #graph: RoutingGraph;
  readonly #shapes = new Map<number, readonly LonLat[]>();
  readonly #climbs = new Map<number, Climb>();
  readonly #heights = new Map<number, PartHeights>();

  constructor(graph: RoutingGraph) {
    this.#graph = graph;
  }

  /** Positions along an arc in driving order, none twice in a row. */
  shapeOf(arc: number): readonly LonLat[] {
    const known = this.#shapes.get(arc);
    if (known !== undefined) return known;
    const shape = this.#readShape(arc);
    this.#shapes.set(arc, shape);
    return shape;
  }

  climbOf(edge: number): Climb {
    const known = this.#climbs.get(edge);
    if (known !== undefined) return known;
    const climb = climbBetween(this.#graph, edge, 0, this.#graph.edgeLengthM[edge]!);
    this.#climbs.set(edge, climb);
    return climb;
  }

  heightsOf(arc: number): PartHeights {
    const known = this.#heights.get(arc);
    if (known !== undefined) return known;
    const toM = this.#graph.edgeLengthM[arc >> 1]!;
    const heights = heightsAlong(this.#graph, { arc, fromM: 0, toM });
    this.#heights.set(arc, heights);
    return heights;
  }

  #readShape(arc: number): LonLat[] {
    const { firstPoint, pointLonE7, pointLatE7 } = this.#graph;
    const first = firstPoint[arc >> 1]!;
    const last = firstPoint[(arc >> 1) + 1]! - 1;
    const back = (arc & 1) === 1;
    const shape: LonLat[] = [];
    for (let at = 0; at <= last - first; at++) {
      const point = back ? last - at : first + at;
      addPosition(shape, [pointLonE7[point]! / 1e7, pointLatE7[point]! / 1e7]);
    }
    return shape;
  }
}

/** Adds a position unless the line has just been there. */
function addPosition(line: LonLat[], position: LonLat): void {
  const previous = line.at(-1);
  if (previous?.[0] !== position[0] || previous[1] !== position[1]) line.push(position);
}

/** Into how many equal steps of at most 50 m a part is divided. */
export function heightSteps(lengthM: number): number {
  return Math.max(1, Math.ceil(lengthM / HEIGHT_STEP_M));
}

/** Heights along a part at most every 50 m. */
export function heightsAlong(graph: RoutingGraph, { arc, fromM, toM }: ArcPart): PartHeights {
  const lengthM = toM - fromM;
  const steps = heightSteps(lengthM);
  const alongM: number[] = [];
  const elevationM: (number | null)[] = [];
  for (let step = 0; step <= steps; step++) {
    const metres = (lengthM * step) / steps;
    const height = heightAt(graph, arc >> 1, (arc & 1) === 1 ? toM - metres : fromM + metres);
    alongM.push(metres);
    elevationM.push(Number.isNaN(height) ? null : Math.round(height * 10) / 10);
  }
  return { alongM, elevationM };
}
