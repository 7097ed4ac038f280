export { createApp } from "./app.ts";
export type {
  AnswerPlanner,
  AppDeps,
  AppEnv,
  BodyPlanner,
  DemoTrip,
  PlanControl,
  PlannerPort,
  ServedRegion,
} from "./app-deps.ts";
export { type AnswerBody, answerBody, type BodyStyle } from "./body/answer-body.ts";
export { withBodies } from "./body/with-bodies.ts";
export { parseServerSettings, type ServerSettings } from "./env.ts";
export { type Problem, problemOf, reasonOf } from "./http/problem.ts";
export { type HttpMapping, REASON_HTTP } from "./http/reason-http.ts";
export type { Activation, HostStatus } from "./hosting/host-status.ts";
export {
  type ActivationResult,
  createRegionHost,
  type LoadedVersion,
  type RegionHost,
  type RegionHostOptions,
} from "./hosting/region-host.ts";
export { selfTestTrips, testPlanner, type SelfTestOptions } from "./hosting/self-test.ts";
export { createJsonLogger, type Logger } from "./logger.ts";
export {
  createPlannerPool,
  type PlannerPool,
  type PlannerPoolOptions,
} from "./pool/planner-pool.ts";
export { createRoadTiles, type RoadTiles } from "./road-tiles.ts";
export { parsePlanRequest } from "./schemas/plan-request.ts";
export { type RunningServer, serve, type ServeOptions } from "./serve.ts";
export {
  openTerrain,
  type OpenedTerrain,
  type OpenTerrainOptions,
} from "./terrain/open-terrain.ts";
export { isUrlTemplate, openTiles, type OpenedTiles } from "./terrain/open-tiles.ts";
export { planStrictly, type StrictAnswer, type StrictTrip } from "./terrain/plan-strictly.ts";
export type { ServedTerrain } from "./terrain/served-terrain.ts";
export { parseTerrainSettings, readList } from "./terrain/terrain-settings.ts";
