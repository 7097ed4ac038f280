import { mulberry32, type Random } from "@gradeway/quality-gates";
import type { LonLat, RoutingGraph } from "@gradeway/route-core";

/** Origin and destination of a trip. */
export interface TripPair {
  readonly origin: LonLat;
  readonly destination: LonLat;
}

/** Draws that may be wasted per pair before a network counts as too small. */
const MOST_ATTEMPTS = 100;

/**
 * Random trips between positions on roads, uniform by road length: a position is drawn on the edges
 * laid end to end. No trip occurs twice and none leads to where it began. mulberry32 with the seed.
 *
 * @throws RangeError when the network has too few positions
 */
export function randomPairs(graph: RoutingGraph, count: number, seed: number): TripPair[] {
  const random = mulberry32(seed);
  const position = createPositionDraw(graph);
  const pairs = new Map<string, TripPair>();
  for (let attempt = 0; pairs.size < count; attempt++) {
    if (attempt > MOST_ATTEMPTS * count) {
      throw new RangeError(`the network has fewer than ${count} distinct trips`);
    }
    const origin = position(random);
    const destination = position(random);
    const from = origin.join(" ");
    const to = destination.join(" ");
    if (from !== to) pairs.set(`${from} ${to}`, { origin, destination });
  }
  return [...pairs.values()];
}

function createPositionDraw(graph: RoutingGraph): (random: Random) => LonLat {
  const endM = new Float64Array(graph.edgeCount);
  let totalM = 0;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    totalM += graph.edgeLengthM[edge]!;
    endM[edge] = totalM;
  }
  return (random) => {
    const atM = random() * totalM;
    let low = 0;
    let high = graph.edgeCount - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (endM[middle]! > atM) high = middle;
      else low = middle + 1;
    }
    const lengthM = graph.edgeLengthM[low]!;
    return pointOnEdge(graph, low, 1 - (endM[low]! - atM) / lengthM);
  };
}

/** The point at a share of an edge's shape. */
function pointOnEdge(graph: RoutingGraph, edge: number, share: number): LonLat {
  const { pointLonE7, pointLatE7 } = graph;
  const first = graph.firstPoint[edge]!;
  const last = graph.firstPoint[edge + 1]! - 1;
  const eastScale = Math.cos((pointLatE7[first]! / 1e7) * (Math.PI / 180));
  const step = (point: number): number =>
    Math.hypot(
      (pointLonE7[point + 1]! - pointLonE7[point]!) * eastScale,
      pointLatE7[point + 1]! - pointLatE7[point]!,
    );
  let total = 0;
  for (let point = first; point < last; point++) total += step(point);
  let left = share * total;
  let point = first;
  while (point + 1 < last && left > step(point)) left -= step(point++);
  const part = Math.min(1, left / Math.max(step(point), Number.MIN_VALUE));
  const between = (values: Int32Array): number =>
    Math.round(values[point]! + part * (values[point + 1]! - values[point]!)) / 1e7;
  return [between(pointLonE7), between(pointLatE7)];
}
