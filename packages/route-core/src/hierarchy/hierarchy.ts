/** "No arc" in weights and "no path" in distances. */
export { INF } from "../search/search-graph.ts";

/** No parent, no arc. */
export const NONE = -1;

/**
 * A contraction hierarchy without costs (J. Dibbelt, B. Strasser, D. Wagner, Customizable Contraction
 * Hierarchies, ACM JEA 21 (2016)): flat arrays that threads may share.
 *
 * Nodes are numbered by rank. Every node has hierarchy arcs to some nodes of higher rank, each standing
 * for both directions; any two of these are joined in turn, so that a shortest path between two nodes
 * can climb from either of them and meet on the way up. The lowest of them is the node's *parent* in the
 * elimination tree, and all of them are its ancestors. Ranks are in postorder of that tree: the nodes
 * below x are `firstBelow[x] .. x - 1`.
 */
export interface Hierarchy {
  readonly nodeCount: number;
  /** Hierarchy arcs. */
  readonly arcCount: number;
  /** Graph node per rank. */
  readonly order: Int32Array;
  /** Rank per graph node. */
  readonly rank: Int32Array;
  /** Per rank, NONE at the root of a tree. */
  readonly parent: Int32Array;
  /** Per rank: the lowest rank in the subtree. */
  readonly firstBelow: Int32Array;
  /** Arcs of rank r to higher ranks: `firstUp[r] .. firstUp[r + 1]`. */
  readonly firstUp: Int32Array;
  /** Upper end of each arc; ascending per node. */
  readonly upper: Int32Array;
  /** Lower end of each arc. */
  readonly lower: Int32Array;
  /** Arcs that end at rank r from below: `downArcs[firstDown[r] .. firstDown[r + 1]]`, ascending. */
  readonly firstDown: Int32Array;
  readonly downArcs: Int32Array;
  /** Per graph arc: `2 * arc` when it leads upwards, `2 * arc + 1` when down, NONE for loops. */
  readonly arcPlace: Int32Array;
}
