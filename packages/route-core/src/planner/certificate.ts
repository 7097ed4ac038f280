import type { Objective } from "./objectives.ts";

/** How far the front that was found can be trusted, in search costs. */
export interface Certificate {
  /** `heuristic`: real routes, none of which beats another, but nothing is proven about the rest. */
  readonly kind: "exact" | "epsilon" | "heuristic";
  /**
   * Every route of the exact front is matched within this share in every objective; 0 where the front
   * is exact, null where nothing is proven.
   */
  readonly epsilon: number | null;
  /** False where the search was ended before it came to the epsilon that was asked for. */
  readonly complete: boolean;
  readonly scope: "search_costs";
  /** Size of one search unit per objective: seconds, currency units, kilograms. */
  readonly grains: { readonly time: number; readonly money: number; readonly co2e: number };
  /**
   * For a battery vehicle: arcs of the region that cost the search more than the model says, because
   * it counts no cost below zero (see docs/costing.md).
   */
  readonly raisedArcs?: number;
  /** How far evaluated figures lie from the search costs; null where nothing was evaluated. */
  readonly tierDeviation: TierDeviation | null;
}

/**
 * Lowest and highest relative deviation of the evaluated routes, dominated ones included: evaluated less
 * searched, by the size of what was searched.
 */
export type TierDeviation = Readonly<
  Record<Objective, { readonly lowest: number; readonly highest: number }>
>;

/** What the figures of a front point rest on. */
export type Tier = "search" | "evaluated";

/** What happened to the front when its routes were evaluated. */
export interface FrontEvaluation {
  /** Routes that were driven again with their speed carried along. */
  readonly finalists: number;
  /** Those among them that another one matches or beats now; they are left out. */
  readonly dominated: number;
  /** Those that a battery does not last for, which the search could not tell; they are left out. */
  readonly outOfRange?: number;
  /** Front points that were not driven again; they stand in the front with their search figures. */
  readonly notEvaluated: number;
}
