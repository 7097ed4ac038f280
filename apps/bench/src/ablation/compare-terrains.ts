import { reasonText } from "@gradeway/quality-gates";
import {
  createPartsCosting,
  createRouteOverlap,
  createRoutePlanner,
  type DriveParts,
  type Finalist,
  levelGraph,
  OBJECTIVES,
  type PartsFigures,
  type PlanRequest,
  type RegionData,
  type RoutePlanner,
  type RoutingGraph,
  smoothGraph,
} from "@gradeway/route-core";

import { noRouteCode } from "../no-route.ts";
import type { TripPair } from "../random-pairs.ts";
import { regionWith } from "./other-terrain.ts";

/** Terrains that trips are planned on beside the true one: none at all, and one smoothed further. */
export const OTHER_TERRAINS = ["level", "smoother"] as const;

/** One of {@link OTHER_TERRAINS}. */
export type OtherTerrain = (typeof OTHER_TERRAINS)[number];

/** What it costs to plan one trip by one objective on another terrain and to drive it on the true one. */
export interface Regret {
  /** Search cost of the route on the true terrain by the least one there, minus one: never below 0. */
  readonly searched: number;
  /** The same in the evaluation tier, which the search does not minimise: it may be below 0. */
  readonly evaluated: number;
  /** Share of the shorter route that both routes drive. */
  readonly overlap: number;
  readonly isOtherRoute: boolean;
}

/** Fuel of the fastest route of a trip with its grades and without, as kg CO2e. */
export interface FuelAtStake {
  readonly withGrades: number;
  readonly level: number;
}

/** One trip on all terrains; regrets in the order of OBJECTIVES. */
export interface ComparedTrip {
  readonly regrets: Readonly<Record<OtherTerrain, readonly Regret[]>>;
  readonly fuel: { readonly searched: FuelAtStake; readonly evaluated: FuelAtStake };
  /** Objectives whose best route does not cost what the search said when it is costed again. */
  readonly differing: number;
}

/** What came of the trips. */
export interface ComparedTrips {
  readonly trips: readonly ComparedTrip[];
  /** By reason code: trips that have no route, whatever the terrain. */
  readonly withoutRoute: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

/** A planner over one terrain, and what costs routes there. */
interface Terrain {
  readonly planner: RoutePlanner;
  readonly drive: DriveParts;
}

/** Compares plans of trips on the terrain of a region with plans on others over the same roads. */
export function compareTerrains(
  region: RegionData,
  graph: RoutingGraph,
  trips: readonly TripPair[],
  { smoothingM, now, progress }: CompareOptions,
): ComparedTrips {
  const terrainOf = (ground: RoutingGraph): Terrain => {
    const data = regionWith(region, ground);
    return { planner: createRoutePlanner(data, { now }), drive: createPartsCosting(data) };
  };
  const truth = terrainOf(graph);
  const others = {
    level: terrainOf(levelGraph(graph)),
    smoother: terrainOf(smoothGraph(graph, smoothingM)),
  };
  const compared: ComparedTrip[] = [];
  const withoutRoute: Record<string, number> = {};
  const failures: string[] = [];
  for (const [number, trip] of trips.entries()) {
    progress(`trip ${number + 1} of ${trips.length}`);
    try {
      const found = bestRoutes(truth.planner, trip);
      if (typeof found === "string") withoutRoute[found] = (withoutRoute[found] ?? 0) + 1;
      else compared.push(compareTrip(trip, found, truth, others));
    } catch (error) {
      failures.push(
        `${trip.origin.join(",")} to ${trip.destination.join(",")}: ${reasonText(error)}`,
      );
    }
  }
  return { trips: compared, withoutRoute, failures };
}

/** How to compare. */
export interface CompareOptions {
  /** Standard deviation of the control in metres, more than that of the graph. */
  readonly smoothingM: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** The best route by each objective, or the code of a trip that has none. */
function bestRoutes(planner: RoutePlanner, trip: TripPair): readonly Finalist[] | string {
  try {
    return OBJECTIVES.map((objective) =>
      planner.planFinalist({ ...requestOf(trip), weights: { [objective]: 1 } }),
    );
  } catch (error) {
    const code = noRouteCode(error);
    if (code === undefined) throw error;
    return code;
  }
}

function compareTrip(
  trip: TripPair,
  best: readonly Finalist[],
  truth: Terrain,
  others: Readonly<Record<OtherTerrain, Terrain>>,
): ComparedTrip {
  const request = requestOf(trip);
  const figures = best.map(({ parts }) => truth.drive(request, parts));
  const regretsOn = ({ planner }: Terrain): Regret[] => {
    const found = bestRoutes(planner, trip);
    if (typeof found === "string") throw new RangeError(`no route on another terrain: ${found}`);
    return found.map((other, k) =>
      regretOf(k, [best[k]!, other], [figures[k]!, truth.drive(request, other.parts)]),
    );
  };
  const fastest = figures[0]!;
  const level = others.level.drive(request, best[0]!.parts);
  return {
    regrets: { level: regretsOn(others.level), smoother: regretsOn(others.smoother) },
    fuel: {
      searched: { withGrades: fastest.searchCosts[2], level: level.searchCosts[2] },
      evaluated: { withGrades: fastest.evaluated[2], level: level.evaluated[2] },
    },
    differing: best.filter(
      ({ answer }, k) => String(answer.route.searchCosts) !== String(figures[k]!.searchCosts),
    ).length,
  };
}

function regretOf(
  objective: number,
  [best, other]: readonly [Finalist, Finalist],
  [least, driven]: readonly [PartsFigures, PartsFigures],
): Regret {
  const excess = (of: readonly number[], by: readonly number[]): number =>
    by[objective]! > 0 ? of[objective]! / by[objective]! - 1 : of[objective]!;
  return {
    searched: excess(driven.searchCosts, least.searchCosts),
    evaluated: excess(driven.evaluated, least.evaluated),
    overlap: createRouteOverlap([best.parts, other.parts])(0, 1),
    isOtherRoute: best.answer.route.id !== other.answer.route.id,
  };
}

function requestOf(trip: TripPair): PlanRequest {
  return { ...trip, geometry: "none" };
}
