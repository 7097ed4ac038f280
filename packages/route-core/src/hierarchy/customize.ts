import { type ArcCosts, type FullWeights, fullWeights } from "./full-weights.ts";
import { type Hierarchy, INF } from "./hierarchy.ts";
import {
  type HierarchyWeights,
  MOST_METRICS,
  type WeightedArcs,
  weightsByteLength,
  weightsOver,
} from "./hierarchy-weights.ts";
import { closeNeedlessArcs } from "./needless-arcs.ts";

/** What to customise for. */
export interface CustomizeOptions extends ArcCosts {
  /** Keep what is needed to unpack paths. */
  readonly keepPaths?: boolean;
  /** Memory for the result, such as `(bytes) => new SharedArrayBuffer(bytes)`; zeroed. */
  readonly allocate?: (byteLength: number) => ArrayBufferLike;
}

/**
 * Gives a hierarchy the costs of a vehicle: all metrics at once, every arc with the exact distance
 * between its ends, without the arcs that no shortest path needs.
 *
 * @throws {ReasonError} search_cost_overflow when an arc costs 2^29 or more
 * @throws RangeError when the number of metrics is not 1 to 4, on arrays of the wrong length and on
 *   negative costs
 */
export function customize(hierarchy: Hierarchy, options: CustomizeOptions): HierarchyWeights {
  const { metricCount, keepPaths = false } = options;
  if (!(Number.isInteger(metricCount) && metricCount >= 1 && metricCount <= MOST_METRICS)) {
    throw new RangeError(`${metricCount} metrics; weights hold 1 to ${MOST_METRICS}`);
  }
  const full = fullWeights(hierarchy, options, keepPaths);
  closeNeedlessArcs(hierarchy, full);
  const layout = {
    metricCount,
    keepPaths,
    nodeCount: hierarchy.nodeCount,
    upCount: countOpen(full.up, metricCount),
    downCount: countOpen(full.down, metricCount),
  };
  const allocate = options.allocate ?? ((byteLength) => new ArrayBuffer(byteLength));
  const weights = weightsOver(allocate(weightsByteLength(layout)), layout);
  copyOpen(hierarchy, metricCount, full.up, full.upVia, weights.up);
  copyOpen(hierarchy, metricCount, full.down, full.downVia, weights.down);
  return weights;
}

function isOpen(costs: FullWeights["up"], at: number, metricCount: number): boolean {
  for (let metric = 0; metric < metricCount; metric++) if (costs[at + metric] !== INF) return true;
  return false;
}

function countOpen(costs: Int32Array, metricCount: number): number {
  let count = 0;
  for (let at = 0; at < costs.length; at += metricCount)
    if (isOpen(costs, at, metricCount)) count++;
  return count;
}

function copyOpen(
  { nodeCount, firstUp, upper }: Hierarchy,
  metricCount: number,
  costs: Int32Array,
  via: Int32Array,
  to: WeightedArcs,
): void {
  let count = 0;
  for (let node = 0; node < nodeCount; node++) {
    for (let arc = firstUp[node]!; arc < firstUp[node + 1]!; arc++) {
      const at = arc * metricCount;
      if (!isOpen(costs, at, metricCount)) continue;
      const place = count * (metricCount + 1);
      to.arcs[place] = upper[arc]!;
      for (let metric = 0; metric < metricCount; metric++) {
        to.arcs[place + 1 + metric] = costs[at + metric]!;
        if (via.length > 0) to.via[count * metricCount + metric] = via[at + metric]!;
      }
      count++;
    }
    to.first[node + 1] = count;
  }
}
