import Flatbush from "flatbush";

import { cosLatE7, distanceE7, METRES_PER_E7 } from "../geo/distance.ts";
import type { LonLat } from "../geo/lon-lat.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";

/** A position on an edge. */
export interface EdgePosition {
  readonly edge: number;
  /** Distance from the edge's tail along its shape. */
  readonly atM: number;
  readonly lonLat: LonLat;
  /** Distance from the point that was looked up. */
  readonly distanceM: number;
}

/** Finds edges near a point. */
export interface EdgeLocator {
  /**
   * The nearest position on an accepted edge within `radiusM`, or undefined. Of edges at the same
   * distance the one with the lower number wins.
   */
  nearest(
    point: LonLat,
    radiusM: number,
    accept: (edge: number) => boolean,
  ): EdgePosition | undefined;
  /** Calls `visit` for each edge whose box meets the given one, in units of 1e-7 degrees. */
  eachInBox(
    minX: number,
    minY: number,
    maxX: number,
    maxY: number,
    visit: (edge: number) => void,
  ): void;
}

/** First radius that is looked at; it doubles until something is found. */
const FIRST_RADIUS_M = 50;

/** Opens the edge index of a graph. */
export function createEdgeLocator(graph: RoutingGraph): EdgeLocator {
  const { buffer, byteOffset } = graph.edgeIndex;
  const index = Flatbush.from(buffer, byteOffset);
  return {
    eachInBox(minX, minY, maxX, maxY, visit) {
      // Nothing is collected: the filter looks at each edge and turns it down.
      index.search(minX, minY, maxX, maxY, (edge) => {
        visit(edge);
        return false;
      });
    },
    nearest(point, radiusM, accept) {
      const lon = Math.round(point[0] * 1e7);
      const lat = Math.round(point[1] * 1e7);
      const metresPerLon = METRES_PER_E7 * cosLatE7(lat);
      let reachM = Math.min(radiusM, FIRST_RADIUS_M);
      for (;;) {
        const dLon = reachM / Math.max(1e-6, metresPerLon);
        const dLat = reachM / METRES_PER_E7;
        const found = index.search(lon - dLon, lat - dLat, lon + dLon, lat + dLat, accept);
        let best: EdgePosition | undefined;
        for (const edge of found.sort((a, b) => a - b)) {
          const position = projectOnEdge(graph, edge, lon, lat);
          if (position.distanceM <= reachM && position.distanceM < (best?.distanceM ?? Infinity)) {
            best = position;
          }
        }
        if (best !== undefined || reachM >= radiusM) return best;
        reachM = Math.min(radiusM, reachM * 2);
      }
    },
  };
}

/**
 * Projects a point on the shape of an edge, in the plane that touches the sphere at the point: exact
 * to a few millimetres within the snap radius.
 */
export function projectOnEdge(
  graph: RoutingGraph,
  edge: number,
  lonE7: number,
  latE7: number,
): EdgePosition {
  const { pointLonE7, pointLatE7 } = graph;
  const scaleX = METRES_PER_E7 * cosLatE7(latE7);
  let bestM = Infinity;
  let bestAtM = 0;
  let bestLon = 0;
  let bestLat = 0;
  let alongM = 0;
  const last = graph.firstPoint[edge + 1]! - 1;
  for (let point = graph.firstPoint[edge]!; point < last; point++) {
    const ax = (pointLonE7[point]! - lonE7) * scaleX;
    const ay = (pointLatE7[point]! - latE7) * METRES_PER_E7;
    const dx = (pointLonE7[point + 1]! - pointLonE7[point]!) * scaleX;
    const dy = (pointLatE7[point + 1]! - pointLatE7[point]!) * METRES_PER_E7;
    const squared = dx * dx + dy * dy;
    const share = squared > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared)) : 0;
    const metres = Math.hypot(ax + share * dx, ay + share * dy);
    const lengthM = distanceE7(
      pointLonE7[point]!,
      pointLatE7[point]!,
      pointLonE7[point + 1]!,
      pointLatE7[point + 1]!,
    );
    if (metres < bestM) {
      bestM = metres;
      bestAtM = alongM + share * lengthM;
      bestLon = pointLonE7[point]! + share * (pointLonE7[point + 1]! - pointLonE7[point]!);
      bestLat = pointLatE7[point]! + share * (pointLatE7[point + 1]! - pointLatE7[point]!);
    }
    alongM += lengthM;
  }
  const lonLat: LonLat = [Math.round(bestLon) / 1e7, Math.round(bestLat) / 1e7];
  return {
    edge,
    atM: Math.min(bestAtM, graph.edgeLengthM[edge]!),
    lonLat,
    distanceM: bestM,
  };
}
