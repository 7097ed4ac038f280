import { potentialAtNode, potentialOnEdge } from "../costing/cost-shift.ts";
import { idealCosts } from "./relative-weights.ts";
import type { LowerBounds } from "../search/lower-bounds.ts";
import type { SearchQuery } from "../search/search-query.ts";
import type { ProvenResult } from "../search/search-result.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import type { PreparedCosting } from "./prepare-costing.ts";
import { OBJECTIVES } from "./plan-types.ts";
import { nodeAt } from "../graph/node-at.ts";

/** What every route of a trip costs the search more than it costs, in grains by objective. */
export type TripShift = readonly [time: number, money: number, co2e: number];

const NO_SHIFT: TripShift = [0, 0, 0];

/** Tolerances are whole numbers of millionths: see search/tolerance.ts. */
const PARTS = 1e6;

/** The shift of a trip: potential where it begins less potential where it ends (costing/cost-shift.ts). */
export function tripShift(
  { costing, objectiveMask }: Pick<PreparedCosting, "costing" | "objectiveMask">,
  origin: EdgePosition,
  destination: EdgePosition,
): TripShift {
  const { graph, shift } = costing;
  if (shift === undefined) return NO_SHIFT;
  const potential = (position: EdgePosition, k: number): number => {
    const node = nodeAt(graph, position);
    return node < 0
      ? potentialOnEdge(graph, shift, k, position.edge, position.atM)
      : potentialAtNode(shift, k, node);
  };
  const of = (k: number): number =>
    (objectiveMask & (1 << k)) === 0 ? 0 : potential(origin, k) - potential(destination, k);
  return [0, of(1), of(2)];
}

/** The least that a route of a query can cost the search, by objective. */
export function leastCosts({ starts, direct }: SearchQuery, bounds: LowerBounds): number[] {
  return idealCosts(starts, bounds).map((least, k) =>
    Math.min(least, ...direct.map(({ costs }) => costs[k]!)),
  );
}

/**
 * The tolerance for a search that proves one for real costs.
 *
 * Let a route cost x in the search, and x - d really. A route that costs the search at most
 * (1 + e') x really costs at most (x - d) + e' x. That is at most (1 + e)(x - d) when e' is at most
 * e (1 - d / x): for every route when it holds for the least x. Where d is negative, as on trips that
 * end higher than they began, e' = e will do. Where the least x is not above d, a route may cost
 * nothing or less, and no share of that is a tolerance: the search has to be exact.
 *
 * @param least - see {@link leastCosts}
 */
export function searchEpsilon(epsilon: number, shift: TripShift, least: readonly number[]): number {
  const share = keptShare(shift, least);
  return share === 1 ? epsilon : Math.floor(epsilon * share * PARTS) / PARTS;
}

/** What a tolerance of the search proves for real costs; null where it proves nothing. */
export function provenEpsilon(
  searched: number,
  shift: TripShift,
  least: readonly number[],
): number | null {
  const share = keptShare(shift, least);
  if (searched === 0 || share === 1) return searched;
  return share > 0 ? Math.ceil((searched / share) * PARTS) / PARTS : null;
}

/** The least of 1 - d / x over the objectives; 1 where nothing is shifted upwards. */
function keptShare(shift: TripShift, least: readonly number[]): number {
  return OBJECTIVES.reduce((share, _, k) => {
    const [moved, x] = [shift[k]!, least[k]!];
    return moved > 0 ? Math.min(share, Math.max(0, x > 0 ? 1 - moved / x : 0)) : share;
  }, 1);
}

/** Whether real costs may be closer to nothing than those of the search. */
export function isShiftedUp(shift: TripShift): boolean {
  return shift.some((moved) => moved > 0);
}

/** A tolerance that was asked for, and the one that the search takes for it. */
export interface ShiftedGoal {
  readonly asked: number;
  readonly searched: number;
  readonly shift: TripShift;
  readonly least: readonly number[];
}

/** The goal of a search for a tolerance of real costs. */
export function shiftedGoal(
  asked: number,
  shift: TripShift,
  least: readonly number[],
): ShiftedGoal {
  return { asked, searched: searchEpsilon(asked, shift, least), shift, least };
}

/** A result of the search with what it proves for real costs. */
export function withRealEpsilon(result: ProvenResult, goal: ShiftedGoal): ProvenResult {
  const { asked, searched, shift, least } = goal;
  if (result.epsilon === null) return result;
  const isGoal = result.epsilon === searched && searched > 0;
  return { ...result, epsilon: isGoal ? asked : provenEpsilon(result.epsilon, shift, least) };
}
