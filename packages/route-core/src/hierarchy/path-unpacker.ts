import type { GrowableArray } from "../growable-array.ts";
import type { HierarchyWeights, WeightedArcs } from "./hierarchy-weights.ts";

/**
 * Takes hierarchy arcs apart into arcs of the graph. It follows what customisation noted, never the
 * costs: where several paths cost the same, the parts of two of them must not be mixed.
 */
export class PathUnpacker {
  readonly #weights: HierarchyWeights;
  readonly #metric: number;
  /** Parts still to be taken apart, the first one last: lower rank, upper rank, direction. */
  readonly #stack: number[] = [];

  /** @param weights with paths */
  constructor(weights: HierarchyWeights, metric: number) {
    this.#weights = weights;
    this.#metric = metric;
  }

  /**
   * Appends the graph's arc ids of a way between two ranks, in driving order.
   * @param isUp from the lower rank to the upper one
   */
  unpack(lower: number, upper: number, isUp: boolean, arcIds: GrowableArray<Int32Array>): void {
    const { metricCount, up, down } = this.#weights;
    const stack = this.#stack;
    stack.push(lower, upper, isUp ? 1 : 0);
    while (stack.length > 0) {
      const goesUp = stack.pop() === 1;
      const high = stack.pop()!;
      const low = stack.pop()!;
      const arcs = goesUp ? up : down;
      const via = arcs.via[findArc(arcs, metricCount, low, high) * metricCount + this.#metric]!;
      if (via < 0) arcIds.push(~via);
      else if (goesUp) stack.push(via, high, 1, via, low, 0);
      else stack.push(via, low, 1, via, high, 0);
    }
  }
}

/** Index of the arc between two ranks that is known to be there. */
function findArc(
  { first, arcs }: WeightedArcs,
  metricCount: number,
  lower: number,
  upper: number,
): number {
  let low = first[lower]!;
  let high = first[lower + 1]! - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arcs[middle * (metricCount + 1)]! < upper) low = middle + 1;
    else high = middle;
  }
  return low;
}
