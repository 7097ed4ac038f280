import type { RoutingGraph } from "@gradeway/route-core";

const EARTH_RADIUS_M = 6_371_008.8;
const E7_TO_RADIANS = Math.PI / 180 / 1e7;
/** Spheres of slightly different radius, and lengths that were rounded. */
const LENGTH_TOLERANCE = 0.003;
const LENGTH_SLACK_M = 0.5;
/** Histograms are stored in single precision. */
const HISTOGRAM_TOLERANCE = 1e-4;
const FASTEST_POSTED_KMH = 150;

/** Shares of the edges that are as they should be, 0 to 1. */
export interface EdgeShares {
  readonly lengths: number;
  readonly spans: number;
  readonly histograms: number;
  readonly ends: number;
  readonly speeds: number;
}

/** Judges every edge of a graph by its own columns. */
export function edgeShares(graph: RoutingGraph): {
  readonly shares: EdgeShares;
  readonly faults: readonly string[];
} {
  const wrong = { lengths: 0, spans: 0, histograms: 0, ends: 0, speeds: 0 };
  const faults: string[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const lengthM = graph.edgeLengthM[edge]!;
    const found: (readonly [keyof EdgeShares, boolean, () => string])[] = [
      [
        "lengths",
        isLengthRight(graph, edge),
        () => `${lengthM} m, the shape has ${shapeM(graph, edge)} m`,
      ],
      ["spans", areSpansRight(graph, edge), () => `spans do not fill ${lengthM} m`],
      ["histograms", isHistogramRight(graph, edge), () => `grades do not fill ${lengthM} m`],
      ["ends", areEndsRight(graph, edge), () => "the shape does not begin and end at the nodes"],
      [
        "speeds",
        areSpeedsRight(graph, edge),
        () => `a posted speed is above ${FASTEST_POSTED_KMH} km/h`,
      ],
    ];
    for (const [name, isRight, text] of found) {
      if (isRight) continue;
      wrong[name]++;
      faults.push(`edge ${edge}: ${text()}`);
    }
  }
  const share = (count: number): number => (graph.edgeCount - count) / graph.edgeCount;
  return {
    shares: {
      lengths: share(wrong.lengths),
      spans: share(wrong.spans),
      histograms: share(wrong.histograms),
      ends: share(wrong.ends),
      speeds: share(wrong.speeds),
    },
    faults,
  };
}

function isLengthRight(graph: RoutingGraph, edge: number): boolean {
  const expectedM = shapeM(graph, edge);
  const tolerance = LENGTH_SLACK_M + LENGTH_TOLERANCE * expectedM;
  return Math.abs(graph.edgeLengthM[edge]! - expectedM) <= tolerance;
}

/** Great-circle length of an edge's shape (haversine). */
function shapeM({ firstPoint, pointLonE7, pointLatE7 }: RoutingGraph, edge: number): number {
  let sum = 0;
  for (let point = firstPoint[edge]!; point + 1 < firstPoint[edge + 1]!; point++) {
    const lat1 = pointLatE7[point]! * E7_TO_RADIANS;
    const lat2 = pointLatE7[point + 1]! * E7_TO_RADIANS;
    const sinLat = Math.sin((lat2 - lat1) / 2);
    const sinLon = Math.sin(((pointLonE7[point + 1]! - pointLonE7[point]!) * E7_TO_RADIANS) / 2);
    const half = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
    sum += 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)));
  }
  return sum;
}

function areSpansRight({ firstSpan, spanEndM, edgeLengthM }: RoutingGraph, edge: number): boolean {
  let atM = 0;
  for (let span = firstSpan[edge]!; span < firstSpan[edge + 1]!; span++) {
    if (!(spanEndM[span]! >= atM)) return false;
    atM = spanEndM[span]!;
  }
  return Math.abs(atM - edgeLengthM[edge]!) <= 1e-6;
}

function isHistogramRight(graph: RoutingGraph, edge: number): boolean {
  const { firstSpan, firstBin, binLengthM, edgeLengthM } = graph;
  let sum = 0;
  for (let bin = firstBin[firstSpan[edge]!]!; bin < firstBin[firstSpan[edge + 1]!]!; bin++) {
    sum += binLengthM[bin]!;
  }
  return Math.abs(sum - edgeLengthM[edge]!) <= LENGTH_SLACK_M + HISTOGRAM_TOLERANCE * sum;
}

function areEndsRight(graph: RoutingGraph, edge: number): boolean {
  const { edgeTail, edgeHead, firstPoint, nodeLonE7, nodeLatE7, pointLonE7, pointLatE7 } = graph;
  const first = firstPoint[edge]!;
  const last = firstPoint[edge + 1]! - 1;
  return (
    nodeLonE7[edgeTail[edge]!] === pointLonE7[first] &&
    nodeLatE7[edgeTail[edge]!] === pointLatE7[first] &&
    nodeLonE7[edgeHead[edge]!] === pointLonE7[last] &&
    nodeLatE7[edgeHead[edge]!] === pointLatE7[last]
  );
}

function areSpeedsRight(graph: RoutingGraph, edge: number): boolean {
  for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
    if (graph.spanSpeedForwardKmh[span]! > FASTEST_POSTED_KMH) return false;
    if (graph.spanSpeedBackwardKmh[span]! > FASTEST_POSTED_KMH) return false;
  }
  return true;
}
