import { type Allocate, type ArcCosts, basicWeights } from "./basic-weights.ts";
import { type Hierarchy, INF } from "./hierarchy.ts";
import { createArrayTaker, type HierarchyWeights, type WeightedArcs } from "./hierarchy-weights.ts";
import { closeNeedlessArcs } from "./needless-arcs.ts";

/** What to customise for. */
export interface CustomizeOptions extends ArcCosts {
  /**
   * Leave out the arcs that no shortest path needs. Takes twice as long; `ShortestPaths` are then twice
   * as fast, and `LazyPotentials` hardly faster.
   */
  readonly perfect?: boolean;
  /** Memory for the result; ordinary memory when left out. */
  readonly allocate?: Allocate;
}

/**
 * Gives a hierarchy the costs of a vehicle, all metrics at once.
 *
 * @throws {ReasonError} search_cost_overflow when a hierarchy arc costs 2^29 or more
 * @throws RangeError when the number of metrics is not 1 to 4, on arrays of the wrong length and on
 *   negative costs
 */
export function customize(hierarchy: Hierarchy, options: CustomizeOptions): HierarchyWeights {
  const allocate = options.allocate ?? inOrdinaryMemory;
  if (options.perfect !== true) return basicWeights(hierarchy, options, allocate);
  const weights = basicWeights(hierarchy, options, inOrdinaryMemory);
  closeNeedlessArcs(hierarchy, weights);
  return withoutClosedArcs(weights, allocate);
}

function inOrdinaryMemory(byteLength: number): ArrayBuffer {
  return new ArrayBuffer(byteLength);
}

/** A copy of weights without the arcs that are INF in every metric. */
function withoutClosedArcs(weights: HierarchyWeights, allocate: Allocate): HierarchyWeights {
  const { metricCount, keepPaths } = weights;
  const perArc = 1 + metricCount + (keepPaths ? metricCount : 0);
  const perNode = weights.up.first.length;
  const upCount = countOpen(weights.up, metricCount);
  const downCount = countOpen(weights.down, metricCount);
  const buffer = allocate(4 * ((upCount + downCount) * perArc + 2 * perNode));
  const take = createArrayTaker(buffer);
  const copyOf = (arcs: WeightedArcs, count: number): WeightedArcs => {
    const copy = {
      first: take(perNode),
      arcs: take(count * (metricCount + 1)),
      via: take(keepPaths ? count * metricCount : 0),
    };
    copyOpen(arcs, metricCount, copy);
    return copy;
  };
  const up = copyOf(weights.up, upCount);
  return { metricCount, keepPaths, buffer, up, down: copyOf(weights.down, downCount) };
}

function isOpen(arcs: Int32Array, at: number, metricCount: number): boolean {
  for (let k = 1; k <= metricCount; k++) if (arcs[at + k] !== INF) return true;
  return false;
}

function countOpen({ arcs }: WeightedArcs, metricCount: number): number {
  let count = 0;
  for (let at = 0; at < arcs.length; at += metricCount + 1) {
    if (isOpen(arcs, at, metricCount)) count++;
  }
  return count;
}

function copyOpen({ first, arcs, via }: WeightedArcs, metricCount: number, to: WeightedArcs): void {
  const stride = metricCount + 1;
  let count = 0;
  for (let node = 0; node + 1 < first.length; node++) {
    for (let arc = first[node]!; arc < first[node + 1]!; arc++) {
      if (!isOpen(arcs, arc * stride, metricCount)) continue;
      for (let k = 0; k < stride; k++) to.arcs[count * stride + k] = arcs[arc * stride + k]!;
      for (let k = 0; to.via.length > 0 && k < metricCount; k++) {
        to.via[count * metricCount + k] = via[arc * metricCount + k]!;
      }
      count++;
    }
    to.first[node + 1] = count;
  }
}
