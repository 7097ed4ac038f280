/** Costs of the three objectives of a truck, in the integer units of the search graph. */
export type CostVector = readonly [number, number, number];

/** Costs of 1 to 4 objectives. */
export type Costs = readonly number[];

/** Stands for "no arc" where a query begins or ends at a node itself: no reverse, no turn bans. */
export const NO_ARC = -1;

/** A label to begin with: the truck has driven the rest of the origin's edge and stands at `node`. */
export interface QueryStart<C extends Costs = Costs> {
  readonly node: number;
  /** The arc it arrived by, or `NO_ARC`. */
  readonly arcId: number;
  /** What it remembers of the way to there (see turn-states.ts); nothing when left out. */
  readonly state?: number;
  /** From the origin to `node`, one per objective of the graph. */
  readonly costs: C;
}

/** A way to finish: leave `node` over the first part of the destination's edge. */
export interface QueryEnd<C extends Costs = Costs> {
  readonly node: number;
  /** The arc it leaves by, or `NO_ARC`. */
  readonly arcId: number;
  /**
   * For trips that go on from here: the end is for those that may then do all that is allowed in this
   * state of the arc (see turn-states.ts). Left out, it is for all.
   */
  readonly state?: number;
  /** From `node` to the destination, one per objective of the graph. */
  readonly costs: C;
}

/** A whole route on one edge: origin and destination lie on it, in driving direction. */
export interface QueryDirect<C extends Costs = Costs> {
  readonly arcId: number;
  readonly costs: C;
}

/**
 * One origin and one destination.
 *
 * Where an edge is open in both directions, give both: the search stays correct without, but it has
 * to prune less.
 */
export interface SearchQuery<C extends Costs = Costs> {
  readonly starts: readonly QueryStart<C>[];
  readonly ends: readonly QueryEnd<C>[];
  readonly direct: readonly QueryDirect<C>[];
  /** Restricted (access only) arc ids that this query may use. */
  readonly openArcs: Int32Array;
  /**
   * Arc ids that the query keeps away from, whatever else opens them. Unlike a closed road, one that is
   * merely avoided goes on: what leads to it is no dead end, and no place to turn round.
   */
  readonly avoidedArcs?: Int32Array;
  /**
   * Most that a route may cost, one per objective of the graph; whole numbers >= 0, or `Infinity` where
   * there is no limit. See cost-limits.ts for what each search promises then.
   */
  readonly limits?: readonly number[];
}
