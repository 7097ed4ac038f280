import { reasonText } from "@gradeway/quality-gates";
import {
  type Objective,
  OBJECTIVES,
  type PlanRequest,
  type RoutePlanner,
} from "@gradeway/route-core";

import { noRouteCode } from "./no-route.ts";
import type { TripPair } from "./random-pairs.ts";

/** The best that a trip can be in each objective: seconds, currency units, kg CO2e. */
export interface TripFigures {
  readonly best: Readonly<Record<Objective, number>>;
  /** Ids of the routes that are. */
  readonly routeIds: Readonly<Record<Objective, string>>;
  /** Length of the fastest. */
  readonly distanceM: number;
}

/** What came of the trips, in their order; a trip without a route is undefined. */
export interface FiguresOfTrips {
  readonly trips: readonly (TripFigures | undefined)[];
  /** Trips that could not be planned for another reason than that no route exists. */
  readonly failures: readonly string[];
}

/** Plans the fastest, the cheapest and the cleanest route of each trip. */
export function bestFigures(
  planner: RoutePlanner,
  pairs: readonly TripPair[],
  fields: Partial<PlanRequest> = {},
): FiguresOfTrips {
  const failures: string[] = [];
  const trips = pairs.map((pair) => {
    try {
      return figuresOf(planner, { ...pair, ...fields, geometry: "none" });
    } catch (error) {
      if (noRouteCode(error) === undefined) failures.push(reasonText(error));
      return undefined;
    }
  });
  return { trips, failures };
}

function figuresOf(planner: RoutePlanner, request: PlanRequest): TripFigures {
  const best = OBJECTIVES.map(
    (objective) => planner.planRoute({ ...request, weights: { [objective]: 1 } }).route,
  );
  const [time, money, co2e] = best;
  return {
    best: { time: time!.durationS, money: money!.cost.amount, co2e: co2e!.co2eKg.total },
    routeIds: { time: time!.id, money: money!.id, co2e: co2e!.id },
    distanceM: time!.distanceM,
  };
}
