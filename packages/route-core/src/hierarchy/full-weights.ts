import { ReasonError } from "@gradeway/reason-codes";

import { type Hierarchy, INF, NONE } from "./hierarchy.ts";
import { eachTriangleRow } from "./triangle-rows.ts";

/**
 * Hierarchy arcs must cost less, so that the sum of two never wraps round and never looks like INF: a
 * lost path would be a wrong answer. Eight times what a search may count on a whole trip.
 */
const ARC_COST_LIMIT = 2 ** 29;

/** Costs of every arc of a hierarchy, `metricCount` per arc and direction; INF = no such path. */
export interface FullWeights {
  readonly metricCount: number;
  readonly up: Int32Array;
  readonly down: Int32Array;
  /** See `WeightedArcs.via`. */
  readonly upVia: Int32Array;
  readonly downVia: Int32Array;
}

/** What to give the arcs of a hierarchy their costs from. */
export interface ArcCosts {
  /** 1 to 4. */
  readonly metricCount: number;
  /** `metricCount` per graph arc id, each >= 0; INF or more = not open. */
  readonly costs: Int32Array;
  /** Per graph arc id: anything but 0 closes the arc in every metric. */
  readonly closed?: Uint8Array | undefined;
}

/**
 * Basic customisation: gives every hierarchy arc the cost of the cheapest path between its ends whose
 * other nodes rank below both. First come the arcs of the graph; then, from the bottom up, each node
 * offers to every two of its upper neighbours the way over itself. Ties go to the graph's arc with the
 * smallest id, then to the lowest node.
 *
 * @throws {ReasonError} search_cost_overflow when an arc costs 2^29 or more
 * @throws RangeError on arrays of the wrong length and on negative costs
 */
export function fullWeights(
  hierarchy: Hierarchy,
  arcCosts: ArcCosts,
  keepPaths: boolean,
): FullWeights {
  const { metricCount } = arcCosts;
  const size = hierarchy.arcCount * metricCount;
  const weights = {
    metricCount,
    up: new Int32Array(size).fill(INF),
    down: new Int32Array(size).fill(INF),
    upVia: new Int32Array(keepPaths ? size : 0),
    downVia: new Int32Array(keepPaths ? size : 0),
  };
  placeArcCosts(hierarchy, arcCosts, weights);
  relaxTriangles(hierarchy, weights);
  refuseOverflow(weights);
  return weights;
}

function placeArcCosts(
  { arcPlace }: Hierarchy,
  { metricCount, costs, closed }: ArcCosts,
  weights: FullWeights,
): void {
  if (costs.length !== arcPlace.length * metricCount) {
    throw new RangeError(`${costs.length} costs for ${arcPlace.length} arcs`);
  }
  if (closed !== undefined && closed.length !== arcPlace.length) {
    throw new RangeError(`a mask of ${closed.length} for ${arcPlace.length} arcs`);
  }
  const keepPaths = weights.upVia.length > 0;
  for (let arc = 0; arc < arcPlace.length; arc++) {
    const place = arcPlace[arc]!;
    if (place === NONE || (closed !== undefined && closed[arc] !== 0)) continue;
    const isUp = (place & 1) === 0;
    const least = isUp ? weights.up : weights.down;
    const via = isUp ? weights.upVia : weights.downVia;
    const at = (place >> 1) * metricCount;
    for (let metric = 0; metric < metricCount; metric++) {
      const cost = costs[arc * metricCount + metric]!;
      if (cost < 0) throw new RangeError(`arc ${arc} has the negative cost ${cost}`);
      if (cost >= least[at + metric]!) continue;
      least[at + metric] = cost;
      if (keepPaths) via[at + metric] = ~arc;
    }
  }
}

/** From the bottom: the way from y to z over x, which ranks below both, against the arc. */
function relaxTriangles(hierarchy: Hierarchy, weights: FullWeights): void {
  const { metricCount } = weights;
  const { upper } = hierarchy;
  eachTriangleRow(hierarchy, true, (toY, end, x, arcToUpper) => {
    for (let metric = 0; metric < metricCount; metric++) {
      relaxRow(weights, upper, toY, end, x, arcToUpper, metric);
    }
  });
}

function relaxRow(
  { metricCount, up, down, upVia, downVia }: FullWeights,
  upper: Int32Array,
  toY: number,
  end: number,
  x: number,
  arcToUpper: Int32Array,
  metric: number,
): void {
  const keepPaths = upVia.length > 0;
  const atY = toY * metricCount + metric;
  const fromY = down[atY]!;
  const untilY = up[atY]!;
  let atZ = atY + metricCount;
  for (let toZ = toY + 1; toZ < end; toZ++, atZ += metricCount) {
    const place = arcToUpper[upper[toZ]!]! * metricCount + metric;
    const there = fromY + up[atZ]!;
    if (there < up[place]!) {
      up[place] = there;
      if (keepPaths) upVia[place] = x;
    }
    const back = down[atZ]! + untilY;
    if (back < down[place]!) {
      down[place] = back;
      if (keepPaths) downVia[place] = x;
    }
  }
}

function refuseOverflow({ metricCount, up, down }: FullWeights): void {
  for (const costs of [up, down]) {
    for (let at = 0; at < costs.length; at++) {
      if (costs[at]! < ARC_COST_LIMIT || costs[at] === INF) continue;
      throw new ReasonError(
        "search_cost_overflow",
        `A way between two junctions costs ${costs[at]} in metric ${at % metricCount}; less than 2^29 can be counted.`,
        { objective: `metric ${at % metricCount}` },
      );
    }
  }
}
