/**
 * Least cost from a node to the destination, per objective on its own. Consistent: never more than
 * an open arc's cost plus the bound behind it.
 */
export interface LowerBounds {
  /** 3 per node; `INF` = cannot reach the destination. Valid for a node after `ensure(node)`. */
  readonly values: Int32Array;
  /** Computes the bounds of a node if that is still to be done. */
  ensure(node: number): void;
}
