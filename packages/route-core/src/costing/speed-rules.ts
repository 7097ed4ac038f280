import { type RoutingGraph, SPAN_ROUNDABOUT } from "../graph/routing-graph.ts";
import { ROAD_CLASSES, type RoadClass } from "../osm/road-class.ts";
import type { VehicleProfile } from "./vehicle-profile.ts";

/** Speeds of one road class. */
export interface SpeedRule {
  /** Assumed limit where no speed is posted, km/h. */
  readonly defaultKmh: number;
  /** Legal limit for vehicles above 3.5 t whatever is posted, km/h. */
  readonly truckLimitKmh: number;
  /** Share of the limit that is driven on average: curves, junctions, other traffic. */
  readonly practicalShare: number;
}

/** Speeds of every road class. */
export type SpeedRules = Readonly<Record<RoadClass, SpeedRule>>;

/** Slowest speed at which a road is taken, km/h. */
const CRAWL_KMH = 5;

/** Speed in roundabouts, km/h (freight model 3.5). */
const ROUNDABOUT_KMH = 28;

/**
 * Target speed on level road in km/h.
 *
 * @param postedKmh - 0 when no speed is posted
 * @param isRoundabout - nobody drives round faster than its bend allows, whatever is posted
 */
export function targetSpeedKmh(
  rules: SpeedRules,
  vehicle: VehicleProfile,
  classIndex: number,
  postedKmh: number,
  isRoundabout: boolean,
): number {
  const rule = rules[ROAD_CLASSES[classIndex]!];
  const legal = vehicle.accessKind === "hgv" ? rule.truckLimitKmh : Infinity;
  const limit = postedKmh > 0 ? postedKmh : rule.defaultKmh;
  const kmh = Math.min(limit, legal, vehicle.maxSpeedKmh) * rule.practicalShare;
  return Math.max(CRAWL_KMH, isRoundabout ? Math.min(ROUNDABOUT_KMH, kmh) : kmh);
}

/** Target speed of a span on level road, km/h. */
export function spanTargetKmh(
  graph: RoutingGraph,
  rules: SpeedRules,
  vehicle: VehicleProfile,
  span: number,
  back: boolean,
): number {
  const postedKmh = back ? graph.spanSpeedBackwardKmh[span]! : graph.spanSpeedForwardKmh[span]!;
  const isRoundabout = (graph.spanFlags[span]! & SPAN_ROUNDABOUT) !== 0;
  return targetSpeedKmh(rules, vehicle, graph.spanClass[span]!, postedKmh, isRoundabout);
}
