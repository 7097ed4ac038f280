/** Costs of the three objectives, in the integer units of the search graph. */
export type CostVector = readonly [number, number, number];

/** Stands for "no arc" where a query begins or ends at a node itself: no reverse, no turn bans. */
export const NO_ARC = -1;

/** A label to begin with: the truck has driven the rest of the origin's edge and stands at `node`. */
export interface QueryStart {
  readonly node: number;
  /** The arc it arrived by, or `NO_ARC`. */
  readonly arcId: number;
  /** From the origin to `node`. */
  readonly costs: CostVector;
}

/** A way to finish: leave `node` over the first part of the destination's edge. */
export interface QueryEnd {
  readonly node: number;
  /** The arc it leaves by, or `NO_ARC`. */
  readonly arcId: number;
  /** From `node` to the destination. */
  readonly costs: CostVector;
}

/** A whole route on one edge: origin and destination lie on it, in driving direction. */
export interface QueryDirect {
  readonly arcId: number;
  readonly costs: CostVector;
}

/**
 * One origin and one destination.
 *
 * Where an edge is open in both directions, give both: the search stays correct without, but it has
 * to prune less.
 */
export interface SearchQuery {
  readonly starts: readonly QueryStart[];
  readonly ends: readonly QueryEnd[];
  readonly direct: readonly QueryDirect[];
  /** Restricted (access only) arc ids that this query may use. */
  readonly openArcs: Int32Array;
}
