import { reasonText } from "@gradeway/quality-gates";
import type { RoutePlanner } from "@gradeway/route-core";

import { type Distribution, distributionOf } from "./distribution.ts";
import { noRouteCode } from "./no-route.ts";
import { type Operation, requestOf } from "./operations.ts";
import type { TripPair } from "./random-pairs.ts";

/** One operation over many trips. Times are of trips that got a route. */
export interface OperationResult {
  readonly id: Operation["id"];
  readonly title: string;
  readonly trips: number;
  readonly answered: number;
  /** Trips without a route by reason code; these are right answers. */
  readonly withoutRoute: Readonly<Record<string, number>>;
  /** Units of work that failed, one line each. */
  readonly failures: readonly string[];
  readonly latencyMs: Distribution;
  /** Of trips without a route, apart: finding none may take shorter or longer. */
  readonly withoutRouteMs: Distribution;
  readonly routes: Distribution;
  readonly labels: Distribution;
}

/** Runs an operation once per trip, one after another. */
export function measureOperation(
  planner: RoutePlanner,
  operation: Operation,
  trips: readonly TripPair[],
  now: () => number,
  progress: (done: number) => void,
): OperationResult {
  const latencyMs: number[] = [];
  const withoutRouteMs: number[] = [];
  const routes: number[] = [];
  const labels: number[] = [];
  const withoutRoute: Record<string, number> = {};
  const failures: string[] = [];
  for (const [number, trip] of trips.entries()) {
    progress(number);
    const startedAtMs = now();
    try {
      const answered = operation.run(planner, requestOf(trip));
      latencyMs.push(now() - startedAtMs);
      routes.push(answered.routes);
      labels.push(answered.diagnostics.labels);
    } catch (error) {
      const code = noRouteCode(error);
      if (code === undefined) {
        failures.push(`${operation.id} ${describeTrip(trip)}: ${reasonText(error)}`);
      } else {
        withoutRouteMs.push(now() - startedAtMs);
        withoutRoute[code] = (withoutRoute[code] ?? 0) + 1;
      }
    }
  }
  return {
    id: operation.id,
    title: operation.title,
    trips: trips.length,
    answered: latencyMs.length,
    withoutRoute,
    failures,
    latencyMs: distributionOf(latencyMs),
    withoutRouteMs: distributionOf(withoutRouteMs),
    routes: distributionOf(routes),
    labels: distributionOf(labels),
  };
}

function describeTrip({ origin, destination }: TripPair): string {
  return `${origin.join(",")} -> ${destination.join(",")}`;
}
