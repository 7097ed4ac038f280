import type { Warning } from "@gradeway/reason-codes";
import type { PlanDiagnostics, PlanRequest, RoutePlanner } from "@gradeway/route-core";

import type { TripPair } from "./random-pairs.ts";

/** What one planned trip came to. */
export interface Answered {
  readonly routes: number;
  readonly diagnostics: PlanDiagnostics;
  readonly warnings: readonly Warning[];
}

/** Something a user asks of the planner. */
export interface Operation {
  readonly id: "route" | "pareto-1pct" | "pareto-exact";
  readonly title: string;
  run(planner: RoutePlanner, request: PlanRequest): Answered;
}

/** Everything that an answer can hold is computed: routes in full, geometry, elevation. */
export function requestOf(trip: TripPair): PlanRequest {
  return { ...trip, geometry: "geojson", annotations: ["elevation"] };
}

/** The operations of every benchmark, default vehicle and payload, all three objectives. */
export const OPERATIONS: readonly [Operation, Operation, Operation] = [
  {
    id: "route",
    title: "single best route",
    run(planner, request) {
      const { diagnostics, warnings } = planner.planRoute(request);
      return { routes: 1, diagnostics, warnings };
    },
  },
  { id: "pareto-1pct", title: "front within 1 %", run: frontWithin(0.01) },
  { id: "pareto-exact", title: "exact front", run: frontWithin(0) },
];

function frontWithin(epsilon: number): Operation["run"] {
  return (planner, request) => {
    const { routes, diagnostics, warnings } = planner.planPareto({ ...request, epsilon });
    return { routes: routes.length, diagnostics, warnings };
  };
}
