import type { Warning } from "@gradeway/reason-codes";

import type { Weather } from "../costing/weather.ts";
import type { LoadedVehicle } from "../costing/longitudinal.ts";
import type { CostingRates } from "../costing/rates.ts";
import type { RouteCourse } from "../evaluation/route-course.ts";
import type { LonLat } from "../geo/lon-lat.ts";
import type { ArcPart } from "./arc-part.ts";
import type { Certificate, FrontEvaluation, Tier } from "./certificate.ts";
import type { BatteryRequest, BatteryState } from "./battery-state.ts";
import type { DriverHoursRequest, RouteTimes } from "./driver-times.ts";
import type { Objective } from "./objectives.ts";
import type { EmissionReport } from "./emission-report.ts";
import type { CustomVehicle } from "./custom-vehicle.ts";
import type { Avoidances, RouteLimits } from "./plan-constraints.ts";
import type { PlanDiagnostics, Provenance, RegionSummary, SnappedTrip } from "./answer-facts.ts";
import type { Dress, WrittenAnswer } from "./written-answer.ts";

export { type Objective, OBJECTIVES } from "./objectives.ts";
export type { Certificate, FrontEvaluation, Tier, TierDeviation } from "./certificate.ts";
export type {
  PlanDiagnostics,
  Provenance,
  RegionSummary,
  SnappedTrip,
  SnapReport,
} from "./answer-facts.ts";

/** How route geometry is written. */
export type GeometryFormat = "geojson" | "polyline6" | "none";

/** A request whose form has already been checked. */
export interface PlanRequest {
  readonly origin: LonLat;
  readonly destination: LonLat;
  /** Id of a vehicle profile of the region, default `artic-40t`; or one with other figures. */
  readonly vehicle?: string | CustomVehicle;
  /** Default: half of what the vehicle may carry. */
  readonly payloadKg?: number;
  /**
   * Share of all kilometres that the vehicle drives empty, below 1: the ISO 14083 report then counts
   * the empty kilometres that the loaded ones bring along. Default: none are counted.
   */
  readonly emptyRunningShare?: number;
  /**
   * Counts CO2e, well to wheel, as money: the name of a carbon price of the region, or currency units
   * per tonne. Default: carbon is not money.
   */
  readonly carbonPrice?: string | number;
  /** Rules of drivers' hours that the trip keeps, and what the driver has done before it. */
  readonly driverHours?: DriverHoursRequest;
  /** Which objectives span the front; default all three. A single route has weights instead. */
  readonly objectives?: readonly Objective[];
  /** 0 = exact; 0.01 = every route of the exact front is matched within 1 % in every objective. */
  readonly epsilon?: number;
  /** For {@link RoutePlanner.planRoute}: relative weights of the normalised objectives; default time 1. */
  readonly weights?: Partial<Readonly<Record<Objective, number>>>;
  /** Most routes that are returned; the front's points are all returned. Default: all routes. */
  readonly maxRoutes?: number;
  /**
   * Share of the shorter route, above 0 and at most 1, that a shown route may have in common with
   * another; the best of each objective and the knee are always shown. Default 1: however much.
   */
  readonly maxOverlapRatio?: number;
  /** Limits that every route keeps, whether their objectives span the front or not. */
  readonly constraints?: RouteLimits;
  /** Of the whole trip; default: 15 C at sea level, dry, and the mean over all winds. */
  readonly weather?: Weather;
  /** How a battery vehicle sets out; by default full, with a tenth kept in reserve. */
  readonly battery?: BatteryRequest;
  readonly avoid?: Avoidances;
  /** Places to pass in this order; the trip is planned as a whole, not leg by leg. */
  readonly waypoints?: readonly LonLat[];
  /** Whether a truck may turn round at a waypoint; default false: only at the end of a road. */
  readonly uTurnsAtWaypoints?: boolean;
  readonly strict?: boolean;
  readonly deadlineMs?: number;
  /**
   * For a front: search coarse to fine, and where the deadline or the memory ends that early, answer
   * with the best front so far instead of refusing; its certificate says how good it is. Default
   * false.
   */
  readonly anytime?: boolean;
  readonly geometry?: GeometryFormat;
  /** Currently only "elevation". */
  readonly annotations?: readonly "elevation"[];
}

/** Means to stop a search from outside, and to hear of it while it runs. */
export interface SearchControl<Improvement = ParetoAnswer> {
  /** Becomes non-zero (by `Atomics.store`) when the search shall stop. */
  readonly cancelSlot?: Int32Array;
  /**
   * For a front with `anytime`: receives an answer for each one that is proven before the last one,
   * with falling epsilon. Writing it out counts against the deadline.
   */
  readonly onImprovement?: (improvement: Improvement) => void;
}

/** One line of a route's cost, in the region's currency. */
export interface CostLine {
  readonly item: "driver" | "standing" | "running" | "fuel" | "electricity" | "toll" | "carbon";
  readonly amount: number;
  /** What was counted, for example `Túnel d'Envalira (ad-envalira), one passage`. */
  readonly detail: string;
}

/** Height along a route; distances in metres from its start. A void is null. */
export interface ElevationAnnotation {
  readonly distanceM: readonly number[];
  readonly elevationM: readonly (number | null)[];
}

/** What marks a route among the others. */
export type RouteTag = "fastest" | "cheapest" | "cleanest" | "knee";

/** GeoJSON geometry of a route. */
export interface LineStringGeometry {
  readonly type: "LineString";
  readonly coordinates: readonly LonLat[];
}

/** One route of an answer. */
export interface PlannedRoute extends RouteTimes {
  /** Stable hash of the sequence of road edges. */
  readonly id: string;
  readonly distanceM: number;
  readonly cost: {
    readonly amount: number;
    readonly currency: string;
    readonly lines: readonly CostLine[];
  };
  readonly co2eKg: { readonly ttw: number; readonly wtt: number; readonly total: number };
  /** The same per tonne-kilometre, with the fields that the standard asks for. */
  readonly iso14083: EmissionReport;
  /** Of a diesel vehicle. */
  readonly fuelL?: number;
  /**
   * Of a battery vehicle: what leaves the battery less what comes back, kWh. Below zero where a
   * descent brings more than the trip takes.
   */
  readonly energyKwh?: number;
  /**
   * Metres climbed and descended over the parts whose height is known; null when those are less
   * than 96 % of the route, because a void is not level ground.
   */
  readonly ascentM: number | null;
  readonly descentM: number | null;
  /** LineString, polyline6 text, or null when no geometry was asked for. */
  readonly geometry: LineStringGeometry | string | null;
  /** Driving times and distances, without breaks and rests. */
  readonly legs: readonly { readonly durationS: number; readonly distanceM: number }[];
  readonly annotations?: { readonly elevation?: ElevationAnnotation };
  readonly terrain: {
    readonly source: string;
    readonly coverageRatio: number;
    /** True where heights were sampled for this request; absent where those of the graph count. */
    readonly live?: true;
  };
  /** The search costs in grains: exactly what the certificate speaks of. */
  readonly searchCosts: readonly [time: number, money: number, co2e: number];
  /** Evaluated by searched figure, minus one; absent where the route was not evaluated. */
  readonly tierDeviation?: Readonly<Record<Objective, number>>;
  readonly tags: readonly RouteTag[];
}

/** The Pareto front of a trip. */
export interface ParetoAnswer {
  readonly routes: readonly PlannedRoute[];
  /** Id of the knee route. */
  readonly recommended: string;
  readonly front: {
    readonly size: number;
    readonly objectives: readonly Objective[];
    /**
     * One row per front point: `[durationS, cost, co2eKg]` with breaks and rests, in the order of the
     * driving time; `routeIds` beside it.
     */
    readonly points: readonly (readonly [number, number, number])[];
    /** Id of the route at each point, or null where `maxRoutes` left the route out. */
    readonly routeIds: readonly (string | null)[];
    /** What each point rests on; absent where nothing was evaluated and all are search figures. */
    readonly tiers?: readonly Tier[];
  };
  /** Present where routes were evaluated, on the heights of the graph or on others. */
  readonly evaluation?: FrontEvaluation;
  readonly certificate: Certificate;
  readonly snapped: SnappedTrip;
  readonly warnings: readonly Warning[];
  readonly provenance: Provenance;
  readonly diagnostics: PlanDiagnostics;
}

/** The single best route of a trip for given weights. */
export interface RouteAnswer {
  readonly route: PlannedRoute;
  readonly certificate: Certificate;
  readonly snapped: SnappedTrip;
  readonly warnings: readonly Warning[];
  readonly provenance: Provenance;
  readonly diagnostics: PlanDiagnostics;
}

/** All of a front but its routes. */
export type FrontFacts = Omit<ParetoAnswer, "routes">;

/** All of the answer to a single route but the route. */
export type RouteFacts = Omit<RouteAnswer, "route">;

/** Most routes of a front that are evaluated. */
export const MAX_FINALISTS = 32;

/**
 * A plan with all it takes to evaluate its routes on other heights, without the graph: plain data
 * that can cross threads. Its warnings do not speak of heights yet.
 */
export interface EvaluablePlan<Answer extends ParetoAnswer | RouteAnswer> {
  /** The answer of the search tier without geometry; the routes of a front are the finalists. */
  readonly answer: Answer;
  /** One per route, in the same order. */
  readonly courses: readonly RouteCourse[];
  /** Share of the shorter one that each two routes have in common, by their order. */
  readonly overlaps: readonly (readonly number[])[];
  readonly vehicle: LoadedVehicle;
  readonly rates: CostingRates;
  /** What the battery can give; absent for a diesel vehicle. */
  readonly battery?: BatteryState;
  /** Standard deviation in metres that the heights of the graph were smoothed with. */
  readonly smoothingM: number;
}

/** The single best route of a trip, with what it drives of each arc. */
export interface Finalist extends EvaluablePlan<RouteAnswer> {
  readonly parts: readonly ArcPart[];
}

/** All the routes of a trip, with what it takes to evaluate them. */
export type EveryRoute = Omit<EvaluablePlan<ParetoAnswer>, "answer" | "overlaps"> & {
  readonly routes: readonly PlannedRoute[];
};

/** Plans trips over one immutable region; one instance serves one thread. */
export interface RoutePlanner {
  readonly summary: RegionSummary;
  /**
   * @throws {ReasonError} routing_graph_coverage_gap, routing_graph_disconnected_od,
   *   vehicle_profile_unavailable, vehicle_inconsistent, payload_exceeds_limit, carbon_price_unknown,
   *   vehicle_range_exceeded, request_feature_unavailable, those of `ratesOf`, epsilon_infeasible,
   *   end_avoided, no_route_candidates, route_compute_timeout, planner_stopped, search_budget_exceeded,
   *   search_cost_overflow
   */
  planPareto(request: PlanRequest, control?: SearchControl): ParetoAnswer;
  /** The single best route; errors as for {@link RoutePlanner.planPareto}. */
  planRoute(request: PlanRequest, control?: SearchControl): RouteAnswer;
  /**
   * The same as {@link RoutePlanner.planPareto}, written as JSON: routes first, then what `dress` says.
   * With `dress` giving back what it gets these are the bytes of `JSON.stringify`, in less time.
   */
  writePareto(
    request: PlanRequest,
    dress: Dress<FrontFacts>,
    control?: SearchControl<WrittenAnswer<FrontFacts>>,
  ): WrittenAnswer<FrontFacts>;
  /** The single best route, written likewise. */
  writeRoute(
    request: PlanRequest,
    dress: Dress<RouteFacts>,
    control?: SearchControl<never>,
  ): WrittenAnswer<RouteFacts>;
  /**
   * A front whose most telling routes, {@link MAX_FINALISTS} at most, can be evaluated on other
   * heights; errors as for {@link RoutePlanner.planPareto}.
   */
  planFinalists(request: PlanRequest, control?: SearchControl): EvaluablePlan<ParetoAnswer>;
  /**
   * Every legal route that takes no road twice in one direction, dominated ones and all, for networks
   * of a few dozen roads: what fronts and choices from them are compared with. Errors as for
   * {@link RoutePlanner.planPareto}; search_budget_exceeded when there are more than `maxRoutes`, and
   * request_feature_unavailable for a trip with waypoints.
   */
  planEveryRoute(request: PlanRequest, maxRoutes: number): EveryRoute;
  /** The single best route, to be evaluated on other heights. */
  planFinalist(request: PlanRequest, control?: SearchControl): Finalist;
}
