import { type HeightColumns, gradeHistograms, layOutHeights } from "./grade-columns.ts";
import { linkPoints, pointOf, POINT_SPACING_M } from "./network-points.ts";
import type { RoutingGraph } from "./routing-graph.ts";
import { smoothHeights, smoothingRounds, smoothingStdDevM } from "./smooth-network.ts";

/**
 * The same roads as if all known ground were level: what is planned on them ignores terrain. Voids stay
 * voids.
 */
export function levelGraph(graph: RoutingGraph): RoutingGraph {
  const heightM = graph.heightM.map((metres) => (Number.isNaN(metres) ? Number.NaN : 0));
  return withHeights(graph, { firstHeight: graph.firstHeight, heightM });
}

/**
 * The same roads with heights smoothed further: what a build with the longer smoothing gives, up to
 * the rounding of stored heights.
 *
 * @param smoothingM - standard deviation in metres, from that of the graph to 1000; rounded as in a
 *   build, which the metadata of the result states
 * @throws {RangeError} when `smoothingM` is not within its range
 */
export function smoothGraph(graph: RoutingGraph, smoothingM: number): RoutingGraph {
  const { elevation } = graph.meta;
  const before = smoothingRounds(elevation.smoothingStdDevM, POINT_SPACING_M);
  const after = smoothingRounds(smoothingM, POINT_SPACING_M);
  if (after < before) {
    throw new RangeError(
      `smoothingM must be at least the ${elevation.smoothingStdDevM} m of the graph, not ${smoothingM}.`,
    );
  }
  const smoothed = withHeights(graph, smoothedFurther(graph, after - before));
  const stated = { smoothingStdDevM: smoothingStdDevM(after, POINT_SPACING_M) };
  return { ...smoothed, meta: { ...graph.meta, elevation: { ...elevation, ...stated } } };
}

function smoothedFurther(graph: RoutingGraph, rounds: number): HeightColumns {
  const { edgeCount, nodeCount, firstHeight } = graph;
  const piecesAlong = (edge: number): number => firstHeight[edge + 1]! - firstHeight[edge]! - 1;
  const points = linkPoints(graph, nodeCount, piecesAlong);
  const heightM = new Float64Array(points.count).fill(Number.NaN);
  for (let edge = 0; edge < edgeCount; edge++) {
    const first = firstHeight[edge]!;
    for (let at = first; at < firstHeight[edge + 1]!; at++) {
      heightM[pointOf(points, edge, at - first)] = graph.heightM[at]!;
    }
  }
  return layOutHeights(points, smoothHeights(points, heightM, rounds));
}

function withHeights(graph: RoutingGraph, heights: HeightColumns): RoutingGraph {
  return { ...graph, ...heights, ...gradeHistograms(graph, heights) };
}
