import type { Hierarchy } from "./hierarchy.ts";

/**
 * Hierarchy arcs must cost less, so that the sum of two never wraps round and never looks like INF: a
 * lost path would be a wrong answer. Eight times what a search may count on a whole trip.
 */
export const ARC_COST_LIMIT = 2 ** 29;

/** Metrics that one set of weights can hold. */
const MOST_METRICS = 4;

/**
 * The arcs of one direction with their costs, in rows by lower end. Arc `i` of rank r, with `i` in
 * `first[r] .. first[r + 1]`, takes `metricCount + 1` numbers of `arcs`: the rank of its upper end, then
 * its costs, INF where there is no way.
 */
export interface WeightedArcs {
  /** Int32Array(nodeCount + 1), counted in arcs. */
  readonly first: Int32Array;
  readonly arcs: Int32Array;
  /**
   * What stands behind each cost that is not INF, `metricCount` per arc: the rank of a node between the
   * two ends and below both, or `~a` for arc `a` of the graph. Empty when paths are not kept.
   */
  readonly via: Int32Array;
}

/** Costs of a hierarchy in 1 to 4 metrics: flat arrays that threads may share. */
export interface HierarchyWeights {
  readonly metricCount: number;
  readonly keepPaths: boolean;
  /** Holds everything but what is the hierarchy's own. */
  readonly memory: Int32Array;
  /** From lower to upper ends. */
  readonly up: WeightedArcs;
  /** From upper to lower ends. */
  readonly down: WeightedArcs;
}

/** What weights are to hold. */
export interface WeightsContent {
  /** 1 to 4. */
  readonly metricCount: number;
  /** Keep what is needed to unpack paths; false when left out. */
  readonly keepPaths?: boolean;
}

/**
 * Bytes of the weights of a hierarchy with k metrics: per arc 8 (k + 1), and 8 k more with paths.
 * Perfect customisation makes them smaller.
 *
 * @throws RangeError when the number of metrics is not 1 to 4
 */
export function weightsByteLength(
  { arcCount }: Pick<Hierarchy, "arcCount">,
  { metricCount, keepPaths = false }: WeightsContent,
): number {
  if (!(Number.isInteger(metricCount) && metricCount >= 1 && metricCount <= MOST_METRICS)) {
    throw new RangeError(`${metricCount} metrics; weights hold 1 to ${MOST_METRICS}`);
  }
  return 8 * arcCount * (1 + metricCount + (keepPaths ? metricCount : 0));
}

/**
 * Finds the weights that customisation, other than perfect, has put into memory.
 *
 * @param memory - of `weightsByteLength`
 */
export function weightsIn(
  { arcCount, firstUp }: Pick<Hierarchy, "arcCount" | "firstUp">,
  { metricCount, keepPaths = false }: WeightsContent,
  memory: Int32Array,
): HierarchyWeights {
  const take = createArrayTaker(memory);
  const size = arcCount * (metricCount + 1);
  const viaSize = keepPaths ? arcCount * metricCount : 0;
  return {
    metricCount,
    keepPaths,
    memory,
    up: { first: firstUp, arcs: take(size), via: take(viaSize) },
    down: { first: firstUp, arcs: take(size), via: take(viaSize) },
  };
}

/** Takes arrays out of memory one after another. */
export function createArrayTaker(memory: Int32Array): (length: number) => Int32Array {
  let taken = 0;
  return (length) => {
    const array = memory.subarray(taken, taken + length);
    taken += length;
    return array;
  };
}
