/** Metrics that one set of weights can hold. */
export const MOST_METRICS = 4;

/**
 * The arcs of one direction with their costs, in rows by lower end. Arc `i` of the rank r, for `i` in
 * `first[r] .. first[r + 1]`, takes `metricCount + 1` numbers of `arcs`: the rank of its upper end, then
 * its costs. A cost is the exact distance between the two ends, or INF in a metric in which another path
 * is cheaper.
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

/** Costs of a hierarchy in 1 to 4 metrics: flat arrays over one buffer that threads may share. */
export interface HierarchyWeights {
  readonly metricCount: number;
  readonly keepPaths: boolean;
  readonly buffer: ArrayBufferLike;
  /** From lower to upper ends. */
  readonly up: WeightedArcs;
  /** From upper to lower ends. */
  readonly down: WeightedArcs;
}

/** What weights hold, and how much of it. */
export interface WeightsLayout {
  readonly metricCount: number;
  readonly keepPaths: boolean;
  readonly nodeCount: number;
  readonly upCount: number;
  readonly downCount: number;
}

/** Bytes of weights: 4 (k + 1) per arc and direction for k metrics, 4 k more with paths, 8 per node. */
export function weightsByteLength(layout: WeightsLayout): number {
  const { metricCount, keepPaths, nodeCount, upCount, downCount } = layout;
  const perArc = 1 + metricCount + (keepPaths ? metricCount : 0);
  return 4 * (2 * (nodeCount + 1) + (upCount + downCount) * perArc);
}

/**
 * Weights as views of a buffer, such as one that another thread filled.
 *
 * @throws RangeError when the buffer has not the size of {@link weightsByteLength}
 */
export function weightsOver(buffer: ArrayBufferLike, layout: WeightsLayout): HierarchyWeights {
  const { metricCount, keepPaths, nodeCount, upCount, downCount } = layout;
  if (buffer.byteLength !== weightsByteLength(layout)) {
    throw new RangeError(`a buffer of ${buffer.byteLength} bytes for other weights`);
  }
  let offset = 0;
  const view = (length: number): Int32Array => {
    const array = new Int32Array(buffer, offset, length);
    offset += array.byteLength;
    return array;
  };
  const arcsOf = (count: number): WeightedArcs => ({
    first: view(nodeCount + 1),
    arcs: view(count * (metricCount + 1)),
    via: view(keepPaths ? count * metricCount : 0),
  });
  const up = arcsOf(upCount);
  return { metricCount, keepPaths, buffer, up, down: arcsOf(downCount) };
}
