import type { ArcFlags } from "./arc-flags.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SearchQuery } from "./search-query.ts";

/**
 * Least cost from a node to the destination, per objective on its own. Consistent: never more than
 * an open arc's cost plus the bound behind it.
 */
export interface LowerBounds {
  /**
   * Writes the bounds of a node to `out`, one per objective from `at` on, computing them if that is
   * still to be done. The first is `INF` where the destination cannot be reached.
   */
  write(node: number, out: Int32Array, at: number): void;
}

/** Bounds, unless there was no time for them. */
export interface FoundBounds {
  readonly status: "complete" | "deadline" | "cancelled";
  readonly bounds: LowerBounds;
}

/** A way to come by bounds: whole backward searches, or the potentials of a hierarchy. */
export interface BoundsSource {
  /**
   * Bounds to the ends of a query, valid until the next call. Turn bans are ignored, which only
   * makes bounds smaller.
   *
   * @param space set up for the query
   */
  boundsTo(
    space: { readonly arcs: ArcFlags },
    query: SearchQuery,
    budget: SearchBudget,
  ): FoundBounds;
}
