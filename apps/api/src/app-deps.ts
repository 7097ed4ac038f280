import type { AssetReport, FeedStatus } from "@gradeway/model-assets";
import type {
  CostingStats,
  EvaluablePlan,
  LonLat,
  ParetoAnswer,
  PlanRequest,
  RegionSummary,
  RouteAnswer,
} from "@gradeway/route-core";

import type { AnswerBody, BodyStyle } from "./body/answer-body.ts";
import type { HostStatus } from "./hosting/host-status.ts";
import type { Logger } from "./logger.ts";
import type { RoadTiles } from "./road-tiles.ts";
import type { ServedTerrain } from "./terrain/served-terrain.ts";

/** Ways to stop a plan and to hear of it while it is made. */
export interface PlanControl<Improvement = ParetoAnswer> {
  /** Stops the search when it fires, for example because the client left. */
  readonly signal?: AbortSignal;
  /** For a front with `anytime`: each one that is proven before the last. */
  readonly onImprovement?: (improvement: Improvement) => void;
}

/** Plans trips and answers with data. */
export interface AnswerPlanner {
  /** @throws {ReasonError} those of the planner, planner_overloaded, planner_stopped */
  planPareto(request: PlanRequest, control?: PlanControl): Promise<ParetoAnswer>;
  /** The single best route; control and errors as for {@link AnswerPlanner.planPareto}. */
  planRoute(request: PlanRequest, control?: PlanControl): Promise<RouteAnswer>;
}

/**
 * Plans trips and answers with what is sent: whoever planned has an answer written before the thread
 * that serves all clients sees it. Control and errors as for {@link AnswerPlanner.planPareto}.
 */
export interface BodyPlanner {
  writePareto(
    request: PlanRequest,
    style: BodyStyle,
    control?: PlanControl<AnswerBody>,
  ): Promise<AnswerBody>;
  /** The single best route. */
  writeRoute(
    request: PlanRequest,
    style: BodyStyle,
    control?: PlanControl<AnswerBody>,
  ): Promise<AnswerBody>;
}

/** Plans trips away from the caller's thread. */
export interface PlannerPort extends AnswerPlanner, BodyPlanner {
  /** A front to be evaluated on other heights; control and errors as above. */
  planFinalists(request: PlanRequest, control?: PlanControl): Promise<EvaluablePlan<ParetoAnswer>>;
  /** The single best route, to be evaluated on other heights; control and errors as above. */
  planFinalist(request: PlanRequest, control?: PlanControl): Promise<EvaluablePlan<RouteAnswer>>;
}

/** A trip that shows a region off; the page plans it when nothing else was asked for. */
export interface DemoTrip {
  readonly origin: LonLat;
  readonly destination: LonLat;
  readonly vehicle?: string;
  readonly payloadKg?: number;
}

/** A loaded region with everything that serves it. */
export interface ServedRegion {
  readonly summary: RegionSummary;
  readonly planner: PlannerPort;
  readonly roads: RoadTiles;
  /** The assets of the region and how ready they are now. */
  readonly assets: () => AssetReport;
  readonly demo?: DemoTrip;
  /** How the memory of customised weights does; absent where the planner does not tell. */
  readonly costings?: () => CostingStats;
  /**
   * Keeps the region from being closed until the returned function is called. Absent where it stays
   * as long as the process.
   */
  readonly hold?: () => () => void;
}

/** What the application needs from outside. */
export interface AppDeps {
  /** The region being served, or undefined while it is still being loaded. Asked at every request. */
  readonly region: () => ServedRegion | undefined;
  /** Heights for `POST /elevation` and strict requests, or undefined when the server has none. */
  readonly terrain?: ServedTerrain | undefined;
  /** Which version of the region is served; absent where there is only one. */
  readonly activation?: (() => HostStatus) | undefined;
  /** How the feeds of live figures do; absent where there are none. */
  readonly feeds?: (() => Promise<readonly FeedStatus[]>) | undefined;
  /**
   * Pairs of `POST /batch/pareto` that may be planned at the same time, over all batches; default one
   * per processor. More than the planner lets wait are refused by it.
   */
  readonly batchConcurrency?: number | undefined;
  /** Directory of the built page, or undefined to serve the API alone. */
  readonly page?: string | undefined;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** A new id for a request. */
  readonly requestId: () => string;
  readonly logger: Logger;
}

/** Values that travel with a request. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** The region that was served when the request came; one and the same to its end. */
    region: ServedRegion | undefined;
  };
}
