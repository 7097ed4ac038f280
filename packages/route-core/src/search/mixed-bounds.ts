import { customize } from "../hierarchy/customize.ts";
import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import type { HierarchyWeights } from "../hierarchy/hierarchy-weights.ts";
import type { FoundBounds } from "./lower-bounds.ts";
import { PocketPotentials } from "./pocket-potentials.ts";
import type { SearchBudget } from "./search-budget.ts";
import { INF, type SearchGraph } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";

/** Mixes per search. */
export const MIX_COUNT = 2;

/** How much the third objective weighs in a mix, relative to what arcs cost on average. */
const SHARES = [0.5, 1.5];
/** The smaller coefficient of a mix is at least this where the larger one stays reasonable. */
const RESOLUTION = 16;

/**
 * What the second and third cost come to together, at the least, from a node to the destination.
 *
 * The bounds of two objectives may belong to different roads, and then no route comes near both. The
 * least values of a few mixes `a * second + b * third` tell how near any route can come: a bound set
 * (Ehrgott, Gandibleux, Computers & OR 34 (2007)) with one line per mix.
 */
export interface MixedBounds {
  /** a and b of each mix: whole numbers. */
  readonly coefficients: Int32Array;
  /** Sets the destination; returns why it stopped early, or `complete`. */
  begin(query: SearchQuery, budget: SearchBudget): FoundBounds["status"];
  /** Writes the least value of each mix to `out`, from `at` on. */
  write(node: number, out: Int32Array, at: number): void;
}

/** Mixes and a hierarchy's weights for them. */
export interface MixedWeights {
  readonly coefficients: Int32Array;
  readonly weights: HierarchyWeights;
}

/**
 * Customises a hierarchy for mixes of the second and third of three objectives.
 *
 * @param costs three per arc id, as for `buildSearchGraph`
 * @param closed per arc id, as for `customize`
 * @throws {ReasonError} search_cost_overflow when an arc's costs are too large to be mixed
 */
export function customizeMixes(
  hierarchy: Hierarchy,
  costs: Int32Array,
  closed: Uint8Array,
): MixedWeights {
  const coefficients = coefficientsFor(costs);
  const mixed = new Int32Array((costs.length / 3) * MIX_COUNT).fill(INF);
  for (let arc = 0; arc * 3 < costs.length; arc++) {
    if (costs[arc * 3]! >= INF) continue;
    for (let mix = 0; mix < MIX_COUNT; mix++) {
      const at = arc * MIX_COUNT + mix;
      mixed[at] = mixOf(coefficients, mix, costs[arc * 3 + 1]!, costs[arc * 3 + 2]!);
    }
  }
  const weights = customize(hierarchy, { metricCount: MIX_COUNT, costs: mixed, closed });
  return { coefficients, weights };
}

/** Mixed bounds for the searches of one thread on a graph of three objectives. */
export function createMixedBounds(
  graph: SearchGraph,
  hierarchy: Hierarchy,
  { coefficients, weights }: MixedWeights,
): MixedBounds {
  const potentials = new PocketPotentials(graph, hierarchy, weights, (costs) =>
    Array.from({ length: MIX_COUNT }, (_, mix) => mixOf(coefficients, mix, costs[1]!, costs[2]!)),
  );
  return {
    coefficients,
    begin: (query, budget) => potentials.begin(query, budget),
    write: (node, out, at) => potentials.write(node, out, at),
  };
}

function mixOf(coefficients: Int32Array, mix: number, second: number, third: number): number {
  const sum = coefficients[mix * 2]! * second + coefficients[mix * 2 + 1]! * third;
  return Math.min(sum, INF - 1);
}

function coefficientsFor(costs: Int32Array): Int32Array {
  let second = 1;
  let third = 1;
  for (let at = 0; at < costs.length; at += 3) {
    if (costs[at]! >= INF) continue;
    second += costs[at + 1]!;
    third += costs[at + 2]!;
  }
  const coefficients = new Int32Array(MIX_COUNT * 2);
  for (const [mix, share] of SHARES.entries()) {
    const ratio = (share * second) / third;
    const scale = Math.max(ratio, 1 / ratio) < RESOLUTION ? RESOLUTION : 1;
    coefficients[mix * 2] = Math.round(Math.max(1, 1 / ratio) * scale);
    coefficients[mix * 2 + 1] = Math.round(Math.max(1, ratio) * scale);
  }
  return coefficients;
}
