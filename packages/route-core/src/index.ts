export type { Consumption } from "./costing/arc-consumption.ts";
export { vehicleFaults } from "./costing/check-vehicle.ts";
export { type DragBand, type LoadedVehicle, loadVehicle } from "./costing/longitudinal.ts";
export type {
  Carrier,
  CostingRates,
  ElectricityRates,
  Rates,
  VehicleRates,
} from "./costing/rates.ts";
export {
  PRECIPITATIONS,
  type Precipitation,
  type Weather,
  type WeatherEffects,
  weatherEffects,
  type Wind,
} from "./costing/weather.ts";
export type { CarbonPrice, CarbonPrices } from "./costing/carbon-price.ts";
export type { LegalSpeed, LegalSpeeds } from "./costing/legal-speeds.ts";
export type { SpeedRule, SpeedRules } from "./costing/speed-rules.ts";
export { type EnergyModel, energyModelOf, WH_PER_KWH } from "./costing/energy-model.ts";
export {
  type BatteryVehicle,
  DIESEL_G_PER_L,
  type DieselVehicle,
  type VehicleProfile,
} from "./costing/vehicle-profile.ts";
export type { ElevationSampler, ElevationSource, ElevationSummary } from "./elevation-port.ts";
export { type CourseDriver, createCourseDriver } from "./evaluation/course-driver.ts";
export { type CoursePiece, type CourseSteps, layCourseSteps } from "./evaluation/course-steps.ts";
export {
  DRIVER_RULES,
  type DriverRule,
  type DriverSchedule,
  type DriverState,
  type DriverStop,
  scheduleDriver,
} from "./evaluation/driver-hours.ts";
export type { Driven } from "./evaluation/drive-steps.ts";
export {
  evaluateCourse,
  type EvaluatedCourse,
  type EvaluatedLeg,
} from "./evaluation/evaluate-course.ts";
export { evaluateBest, evaluateFront, type PlanHeights } from "./evaluation/evaluate-plan.ts";
export type { CourseProfile, RouteCourse } from "./evaluation/route-course.ts";
export { driveStateless } from "./evaluation/stateless-course.ts";
export type { Bbox, LonLat } from "./geo/lon-lat.ts";
export { encodePolyline6 } from "./geo/polyline-codec.ts";
export type {
  AssembleGraphOptions,
  BuildGraphOptions,
  BuildStep,
  BuiltGraph,
  RoadLayout,
} from "./graph/build-routing-graph.ts";
export {
  assembleGraph,
  buildRoutingGraph,
  IMPORT_VERSION,
  layOutRoads,
} from "./graph/build-routing-graph.ts";
export { decodeGraph, encodeGraph, encodeGraphParts, graphSha256 } from "./graph/graph-codec.ts";
export { type GraphSummary, summarizeGraph } from "./graph/graph-summary.ts";
export { unsupportedVersion } from "./section-file.ts";
export { MAX_SMOOTHING_M } from "./graph/smooth-network.ts";
export { LEVEL_GRADE } from "./graph/grade-bins.ts";
export { levelGraph, smoothGraph } from "./graph/other-heights.ts";
export { type RoadFeature, roadFeatures } from "./graph/road-features.ts";
export type { GraphMeta, RoutingGraph, TollFacility } from "./graph/routing-graph.ts";
export { GRAPH_FORMAT_VERSION } from "./graph/routing-graph.ts";
export { type WayFacts, type WayInventory, wayInventory } from "./graph/way-inventory.ts";
export type { SampledHeights } from "./graph/sample-heights.ts";
export { REQUIRED_COVERAGE_RATIO, sampleHeights } from "./graph/sample-heights.ts";
export type { OsmSource } from "./osm/osm-source.ts";
export { osmSourceFromBytes } from "./osm/osm-source.ts";
export { readRoadNetwork, type RoadNetwork } from "./osm/road-network.ts";
export { LEGAL_ROADS, type LegalRoad } from "./osm/legal-road.ts";
export { ROAD_CLASSES, type RoadClass } from "./osm/road-class.ts";
export { LIMIT_COLUMNS, type RoadLimits } from "./osm/vehicle-limits.ts";
export type { CustomVehicle } from "./planner/custom-vehicle.ts";
export { DEFAULT_VEHICLE } from "./planner/resolve-vehicle.ts";
export type { BatteryRequest, BatteryState } from "./planner/battery-state.ts";
export {
  type CostingMemory,
  type CostingStats,
  costingStats,
  releaseMember,
} from "./costing-store/costing-memory.ts";
export type { StoreCounts } from "./costing-store/store-counts.ts";
export type { DriverHoursRequest } from "./planner/driver-times.ts";
export type { EmissionReport, EmptyRunning, Intensity } from "./planner/emission-report.ts";
export { type ReportedTrip, reportEmissions } from "./planner/report-emissions.ts";
export type { ArcPart } from "./planner/arc-part.ts";
export { createPartsCosting, type DriveParts, type PartsFigures } from "./planner/drive-parts.ts";
export { createRouteOverlap } from "./planner/route-overlap.ts";
export type {
  AreaGeometry,
  AvoidableFeature,
  Avoidances,
  RouteLimits,
} from "./planner/plan-constraints.ts";
export { AVOIDABLE_FEATURES } from "./planner/plan-constraints.ts";
export type { WrittenAnswer } from "./planner/written-answer.ts";
export type {
  Certificate,
  CostLine,
  ElevationAnnotation,
  EvaluablePlan,
  EveryRoute,
  Finalist,
  FrontEvaluation,
  FrontFacts,
  GeometryFormat,
  LineStringGeometry,
  Objective,
  ParetoAnswer,
  PlanDiagnostics,
  PlannedRoute,
  PlanRequest,
  Provenance,
  RegionSummary,
  RouteAnswer,
  RouteFacts,
  RoutePlanner,
  RouteTag,
  SearchControl,
  SnapReport,
  Tier,
  TierDeviation,
} from "./planner/plan-types.ts";
export { MAX_FINALISTS, OBJECTIVES } from "./planner/plan-types.ts";
export { createCostingMemory, type CostingMemoryOptions } from "./planner/region-costings.ts";
export type { RegionData } from "./planner/region-data.ts";
export { openHierarchy } from "./planner/open-hierarchy.ts";
export { createRoutePlanner, type PlannerOptions } from "./planner/route-planner.ts";
export { createEdgeLocator, type EdgeLocator, type EdgePosition } from "./snap/edge-locator.ts";
export type { Sha256 } from "./section-file.ts";
