/**
 * How a search ended. Only `complete` carries the full promise of the kernel. After `deadline`,
 * `cancelled`, `memory` and `labels` the routes are real ones, but others may be missing; `overflow`
 * means that a route not dominated so far costs 2^26 or more in some objective, which the queue cannot
 * order.
 */
export type SearchStatus = "complete" | "deadline" | "cancelled" | "memory" | "labels" | "overflow";

/** Routes found, lexicographically ascending by cost, none dominated by or equal to another. */
export interface SearchResult {
  readonly status: SearchStatus;
  readonly objectiveCount: number;
  /** `objectiveCount` per route. */
  readonly costs: Int32Array;
  /** Arc ids per route, start arc to end arc inclusive; a direct route has one. */
  readonly paths: readonly Int32Array[];
  /** The search is complete and there is no legal route. */
  readonly unreachable: boolean;
  /** Queue entries taken out. */
  readonly pops: number;
  /** Labels created. */
  readonly labels: number;
  /**
   * Of a front search that was interrupted: it has settled every legal route with a smaller first cost,
   * as a complete one would have.
   */
  readonly settledBelow?: number;
}

/** A result with what is proven about it, whatever ended the search. */
export interface ProvenResult extends SearchResult {
  /**
   * For each legal route there is one here that costs at most (1 + epsilon) times as much in every
   * objective; 0 = the exact front. Null where nothing is proven: real routes, but others may be far
   * better.
   */
  readonly epsilon: number | null;
}

/** The result of a search that stopped before it had labels. */
export function emptyResult(status: SearchStatus, objectiveCount: number): SearchResult {
  return {
    status,
    objectiveCount,
    costs: new Int32Array(0),
    paths: [],
    unreachable: status === "complete",
    pops: 0,
    labels: 0,
  };
}
