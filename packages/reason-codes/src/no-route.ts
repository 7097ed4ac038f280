import type { ReasonCode } from "./reason-codes.ts";
import { isReasonError } from "./reason-error.ts";

/** Answers that are right although they hold no route: the trip does not exist for this truck. */
export const NO_ROUTE_CODES: ReadonlySet<string> = new Set([
  "routing_graph_disconnected_od",
  "routing_graph_coverage_gap",
  "no_route_candidates",
  "epsilon_infeasible",
  "end_avoided",
  "vehicle_range_exceeded",
] satisfies ReasonCode[]);

/** The code of a legitimate answer without a route; undefined for every other failure. */
export function noRouteCode(error: unknown): ReasonCode | undefined {
  return isReasonError(error) && NO_ROUTE_CODES.has(error.reasonCode)
    ? error.reasonCode
    : undefined;
}
