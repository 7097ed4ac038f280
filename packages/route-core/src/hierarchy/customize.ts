import { type Allocate, type ArcCosts, basicWeights, type Poll } from "./basic-weights.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { createArrayTaker, type HierarchyWeights, type WeightedArcs } from "./hierarchy-weights.ts";
import { closeNeedlessArcs, type OpenArcs } from "./needless-arcs.ts";

/** What to customise for. */
export interface CustomizeOptions extends ArcCosts {
  /**
   * Leave out the arcs that no shortest path needs. Takes twice as long; `ShortestPaths` are then twice
   * as fast, and `LazyPotentials` hardly faster.
   */
  readonly perfect?: boolean;
  /** Memory for the result; ordinary memory when left out. */
  readonly allocate?: Allocate;
  /** Stops customising by throwing: what was allocated then holds nothing of use. */
  readonly poll?: Poll;
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
  if (options.perfect !== true) return basicWeights(hierarchy, options, allocate, options.poll);
  const weights = basicWeights(hierarchy, options, inOrdinaryMemory, options.poll);
  return openPart(weights, closeNeedlessArcs(hierarchy, weights), allocate);
}

function inOrdinaryMemory(length: number): Int32Array {
  return new Int32Array(length);
}

/** A copy of weights with only the arcs that are open. */
function openPart(weights: HierarchyWeights, open: OpenArcs, allocate: Allocate): HierarchyWeights {
  const { metricCount, keepPaths } = weights;
  const perArc = 1 + metricCount + (keepPaths ? metricCount : 0);
  const perNode = weights.up.first.length;
  const upCount = sum(open.up);
  const downCount = sum(open.down);
  const memory = allocate((upCount + downCount) * perArc + 2 * perNode);
  const take = createArrayTaker(memory);
  const copyOf = (arcs: WeightedArcs, isOpen: Uint8Array, count: number): WeightedArcs => {
    const copy = {
      first: take(perNode),
      arcs: take(count * (metricCount + 1)),
      via: take(keepPaths ? count * metricCount : 0),
    };
    copyOpen(arcs, isOpen, metricCount, copy);
    return copy;
  };
  const up = copyOf(weights.up, open.up, upCount);
  const down = copyOf(weights.down, open.down, downCount);
  return { metricCount, keepPaths, memory, up, down };
}

function sum(flags: Uint8Array): number {
  let count = 0;
  for (let k = 0; k < flags.length; k++) count += flags[k]!;
  return count;
}

function copyOpen(
  { first, arcs, via }: WeightedArcs,
  isOpen: Uint8Array,
  metricCount: number,
  to: WeightedArcs,
): void {
  const stride = metricCount + 1;
  const viaSize = to.via.length > 0 ? metricCount : 0;
  let at = 0;
  let viaAt = 0;
  for (let node = 0; node + 1 < first.length; node++) {
    for (let arc = first[node]!, end = first[node + 1]!; arc < end; arc++) {
      if (isOpen[arc] === 0) continue;
      for (let k = arc * stride; k < (arc + 1) * stride; k++) to.arcs[at++] = arcs[k]!;
      for (let k = arc * viaSize; k < (arc + 1) * viaSize; k++) to.via[viaAt++] = via[k]!;
    }
    to.first[node + 1] = at / stride;
  }
}
