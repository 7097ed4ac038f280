import { ReasonError } from "@gradeway/reason-codes";

import { type Hierarchy, INF, NONE } from "./hierarchy.ts";
import {
  ARC_COST_LIMIT,
  type HierarchyWeights,
  weightsByteLength,
  type WeightsContent,
  weightsIn,
} from "./hierarchy-weights.ts";

/** Memory for a number of integers, which may be shared by threads. */
export type Allocate = (length: number) => Int32Array;

/** Called every few tenths of a millisecond; throws to stop the work. */
export type Poll = () => void;

/** Triangles between two polls. */
const TRIANGLES_PER_POLL = 2 ** 15;

/** What the arcs of the graph cost, and what is to be kept of it. */
export interface ArcCosts extends WeightsContent {
  /** `metricCount` per graph arc id, each >= 0; INF or more = not open. */
  readonly costs: Int32Array;
  /** Per graph arc id: anything but 0 closes the arc in every metric. */
  readonly closed?: Uint8Array;
}

/**
 * Basic customisation: gives every hierarchy arc the cost of the cheapest path between its ends whose
 * other nodes rank below both. First come the arcs of the graph; then, from the bottom up, each node
 * offers to every two of its upper neighbours the way over itself. Ties go to the graph's arc with the
 * smallest id, then to the lowest node.
 *
 * @throws {ReasonError} search_cost_overflow when a hierarchy arc costs 2^29 or more
 * @throws RangeError when the number of metrics is not 1 to 4, on arrays of the wrong length and on
 *   negative costs
 */
export function basicWeights(
  hierarchy: Hierarchy,
  arcCosts: ArcCosts,
  allocate: Allocate,
  poll?: Poll,
): HierarchyWeights {
  const memory = allocate(weightsByteLength(hierarchy, arcCosts) / Int32Array.BYTES_PER_ELEMENT);
  const weights = weightsIn(hierarchy, arcCosts, memory);
  placeArcCosts(hierarchy, arcCosts, weights);
  relaxTriangles(hierarchy, weights, poll);
  refuseOverflow(weights);
  return weights;
}

function placeArcCosts(
  { arcPlace, upper }: Hierarchy,
  { metricCount, costs, closed }: ArcCosts,
  { keepPaths, up, down }: HierarchyWeights,
): void {
  if (costs.length !== arcPlace.length * metricCount) {
    throw new RangeError(`${costs.length} costs for ${arcPlace.length} arcs`);
  }
  if (closed !== undefined && closed.length !== arcPlace.length) {
    throw new RangeError(`a mask of ${closed.length} for ${arcPlace.length} arcs`);
  }
  const stride = metricCount + 1;
  for (const { arcs } of [up, down]) {
    arcs.fill(INF);
    for (let arc = 0; arc < upper.length; arc++) arcs[arc * stride] = upper[arc]!;
  }
  for (let arc = 0; arc < arcPlace.length; arc++) {
    const place = arcPlace[arc]!;
    if (place === NONE || (closed !== undefined && closed[arc] !== 0)) continue;
    const { arcs, via } = (place & 1) === 0 ? up : down;
    const at = (place >> 1) * stride + 1;
    for (let metric = 0; metric < metricCount; metric++) {
      const cost = costs[arc * metricCount + metric]!;
      if (cost < 0) throw new RangeError(`arc ${arc} has the negative cost ${cost}`);
      if (cost >= arcs[at + metric]!) continue;
      arcs[at + metric] = cost;
      if (keepPaths) via[(place >> 1) * metricCount + metric] = ~arc;
    }
  }
}

/** For every y from the bottom, x below and z above it, both joined to x: y - x - z against y - z. */
function relaxTriangles(hierarchy: Hierarchy, weights: HierarchyWeights, poll?: Poll): void {
  const { nodeCount, firstUp, lower, firstDown, downArcs } = hierarchy;
  const { metricCount, keepPaths } = weights;
  const { arcs: up, via: upVia } = weights.up;
  const { arcs: down, via: downVia } = weights.down;
  const stride = metricCount + 1;
  /** Per rank z above y: where the arc between the two is. */
  const placeOf = new Int32Array(nodeCount);
  let untilPoll = TRIANGLES_PER_POLL;
  for (let y = 0; y < nodeCount; y++) {
    const endBelow = firstDown[y + 1]!;
    let below = firstDown[y]!;
    if (below === endBelow) continue;
    for (let at = firstUp[y]! * stride, end = firstUp[y + 1]! * stride; at < end; at += stride) {
      placeOf[up[at]!] = at;
    }
    for (; below < endBelow; below++) {
      const x = lower[downArcs[below]!]!;
      const toY = downArcs[below]! * stride;
      const end = firstUp[x + 1]! * stride;
      untilPoll -= (end - toY) / stride;
      if (untilPoll < 0) {
        untilPoll = TRIANGLES_PER_POLL;
        poll?.();
      }
      for (let toZ = toY + stride; toZ < end; toZ += stride) {
        const place = placeOf[up[toZ]!]!;
        for (let k = 1; k < stride; k++) {
          const there = down[toY + k]! + up[toZ + k]!;
          if (there < up[place + k]!) {
            up[place + k] = there;
            if (keepPaths) upVia[(place / stride) * metricCount + k - 1] = x;
          }
          const back = down[toZ + k]! + up[toY + k]!;
          if (back < down[place + k]!) {
            down[place + k] = back;
            if (keepPaths) downVia[(place / stride) * metricCount + k - 1] = x;
          }
        }
      }
    }
  }
}

function refuseOverflow({ metricCount, up, down }: HierarchyWeights): void {
  const stride = metricCount + 1;
  for (const { arcs } of [up, down]) {
    for (let at = 0; at < arcs.length; at += stride) {
      for (let metric = 0; metric < metricCount; metric++) {
        const cost = arcs[at + 1 + metric]!;
        if (cost < ARC_COST_LIMIT || cost === INF) continue;
        throw new ReasonError(
          "search_cost_overflow",
          `A way between two junctions costs ${cost} in metric ${metric}; less than 2^29 can be counted.`,
          { objective: `metric ${metric}` },
        );
      }
    }
  }
}
