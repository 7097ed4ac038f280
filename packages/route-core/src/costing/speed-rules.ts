import { type RoutingGraph, SPAN_ROUNDABOUT } from "../graph/routing-graph.ts";
import { ROAD_CLASSES, type RoadClass } from "../osm/road-class.ts";
import { legalSpeedKmh, type LegalSpeeds } from "./legal-speeds.ts";
import type { VehicleProfile } from "./vehicle-profile.ts";

/** Typical speeds of one road class: assumptions. */
export interface SpeedRule {
  /** What is driven at most where no speed is posted, km/h, as far as the law allows it. */
  readonly defaultKmh: number;
  /** Limit for vehicles above 3.5 t in countries whose law is not known, km/h. */
  readonly truckLimitKmh: number;
  /** Share of the limit that is driven on average: curves, junctions, other traffic. */
  readonly practicalShare: number;
}

/** Speeds of a region. */
export interface SpeedRules {
  readonly classes: Readonly<Record<RoadClass, SpeedRule>>;
  /** Legal limits by vehicle id; a vehicle without any has those of the assumptions. */
  readonly legalByVehicle?: Readonly<Record<string, LegalSpeeds>>;
  /** Countries of the region whose law is not known or not applied, for the answer's warning. */
  readonly unknownLawOf?: readonly string[];
}

/** Columns of a graph that tell how fast a span may be driven. */
export type SpeedColumns = Pick<
  RoutingGraph,
  | "spanClass"
  | "spanFlags"
  | "spanLegalRoad"
  | "spanSpeedForwardKmh"
  | "spanSpeedBackwardKmh"
  | "spanTruckSpeedForwardKmh"
  | "spanTruckSpeedBackwardKmh"
>;

/** Slowest speed at which a road is taken, km/h. */
const CRAWL_KMH = 5;

/** Speed in roundabouts, km/h (freight model 3.5). */
const ROUNDABOUT_KMH = 28;

/**
 * Target speed of a vehicle on level road in km/h: the least of law, signs, limiter and, where nothing
 * is posted, what is typical for the road; times the share of it that is driven on average. Nobody
 * drives round a roundabout faster than its bend allows.
 *
 * @param speedShare - what rain, snow and fog leave of it; see `weatherEffects`
 */
export function targetSpeedKmh(
  rules: SpeedRules,
  vehicle: VehicleProfile,
  columns: SpeedColumns,
  span: number,
  back: boolean,
  speedShare = 1,
): number {
  const rule = rules.classes[ROAD_CLASSES[columns.spanClass[span]!]!];
  const signKmh = signSpeedKmh(vehicle, columns, span, back);
  const known = rules.legalByVehicle?.[vehicle.id];
  const assumedKmh = vehicle.accessKind === "hgv" ? rule.truckLimitKmh : Infinity;
  const legalKmh =
    known === undefined
      ? Math.min(signKmh > 0 ? signKmh : Infinity, assumedKmh)
      : legalSpeedKmh(known, columns.spanLegalRoad[span]!, signKmh);
  const typicalKmh = signKmh > 0 ? Infinity : rule.defaultKmh;
  const limitKmh = Math.min(legalKmh, typicalKmh, vehicle.maxSpeedKmh);
  const drivenKmh = limitKmh * rule.practicalShare * speedShare;
  const isRoundabout = (columns.spanFlags[span]! & SPAN_ROUNDABOUT) !== 0;
  return Math.max(CRAWL_KMH, isRoundabout ? Math.min(ROUNDABOUT_KMH, drivenKmh) : drivenKmh);
}

/** Whether the signs of a span, and so its target speed, are the same in both directions. */
export function isSameBothWays(columns: SpeedColumns, span: number): boolean {
  return (
    columns.spanSpeedForwardKmh[span] === columns.spanSpeedBackwardKmh[span] &&
    columns.spanTruckSpeedForwardKmh[span] === columns.spanTruckSpeedBackwardKmh[span]
  );
}

/** What the signs of a span allow a vehicle, km/h; 0 where there is none. */
function signSpeedKmh(
  { accessKind }: VehicleProfile,
  columns: SpeedColumns,
  span: number,
  back: boolean,
): number {
  const all = (back ? columns.spanSpeedBackwardKmh : columns.spanSpeedForwardKmh)[span]!;
  if (accessKind !== "hgv") return all;
  const trucks = (back ? columns.spanTruckSpeedBackwardKmh : columns.spanTruckSpeedForwardKmh)[
    span
  ]!;
  if (all === 0 || trucks === 0) return all + trucks;
  return Math.min(all, trucks);
}
