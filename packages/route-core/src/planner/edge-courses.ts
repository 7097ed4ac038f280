import type { LonLat } from "../geo/lon-lat.ts";
import { climbBetween } from "../graph/edge-pieces.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";

/** Metres climbed and descended, seen forward. */
export interface Climb {
  readonly ascentM: number;
  readonly descentM: number;
}

/**
 * Shape and climb of whole edges, read from the graph once per answer: the routes of a front share
 * most of their edges.
 */
export class EdgeCourses {
  readonly #graph: RoutingGraph;
  readonly #shapes = new Map<number, readonly LonLat[]>();
  readonly #climbs = new Map<number, Climb>();

  constructor(graph: RoutingGraph) {
    this.#graph = graph;
  }

  /** Positions along an edge from tail to head. */
  shapeOf(edge: number): readonly LonLat[] {
    const known = this.#shapes.get(edge);
    if (known !== undefined) return known;
    const { firstPoint, pointLonE7, pointLatE7 } = this.#graph;
    const shape: LonLat[] = [];
    for (let point = firstPoint[edge]!; point < firstPoint[edge + 1]!; point++) {
      shape.push([pointLonE7[point]! / 1e7, pointLatE7[point]! / 1e7]);
    }
    this.#shapes.set(edge, shape);
    return shape;
  }

  climbOf(edge: number): Climb {
    const known = this.#climbs.get(edge);
    if (known !== undefined) return known;
    const climb = climbBetween(this.#graph, edge, 0, this.#graph.edgeLengthM[edge]!);
    this.#climbs.set(edge, climb);
    return climb;
  }
}
