import type { LonLat } from "../geo/lon-lat.ts";
import { ROAD_CLASSES, type RoadClass } from "../osm/road-class.ts";
import { SPAN_BRIDGE, SPAN_TOLL, SPAN_TUNNEL, type RoutingGraph } from "./routing-graph.ts";

/** An edge as a line for a map, with the class of its longest span. */
export interface RoadFeature {
  readonly coordinates: LonLat[];
  readonly class: RoadClass;
  readonly structure: "none" | "bridge" | "tunnel";
  readonly toll: boolean;
}

/** The edges of a graph as lines for a map. */
export function* roadFeatures(graph: RoutingGraph): Generator<RoadFeature> {
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const coordinates: LonLat[] = [];
    for (let point = graph.firstPoint[edge]!; point < graph.firstPoint[edge + 1]!; point++) {
      coordinates.push([graph.pointLonE7[point]! / 1e7, graph.pointLatE7[point]! / 1e7]);
    }
    const span = longestSpan(graph, edge);
    const flags = graph.spanFlags[span]!;
    yield {
      coordinates,
      class: ROAD_CLASSES[graph.spanClass[span]!]!,
      structure:
        (flags & SPAN_TUNNEL) !== 0 ? "tunnel" : (flags & SPAN_BRIDGE) !== 0 ? "bridge" : "none",
      toll: (flags & SPAN_TOLL) !== 0 || graph.spanFacility[span] !== 0,
    };
  }
}

function longestSpan(graph: RoutingGraph, edge: number): number {
  const first = graph.firstSpan[edge]!;
  let longest = first;
  let longestM = -1;
  for (let span = first; span < graph.firstSpan[edge + 1]!; span++) {
    const lengthM = graph.spanEndM[span]! - (span === first ? 0 : graph.spanEndM[span - 1]!);
    if (lengthM > longestM) {
      longest = span;
      longestM = lengthM;
    }
  }
  return longest;
}
