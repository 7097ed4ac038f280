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

/**
 * Target speed on level road in km/h.
 *
 * @param postedKmh - 0 when no speed is posted
 */
export function targetSpeedKmh(
  rules: SpeedRules,
  vehicle: VehicleProfile,
  classIndex: number,
  postedKmh: number,
): number {
  const rule = rules[ROAD_CLASSES[classIndex]!];
  const legal = vehicle.accessKind === "hgv" ? rule.truckLimitKmh : Infinity;
  const limit = postedKmh > 0 ? postedKmh : rule.defaultKmh;
  return Math.max(CRAWL_KMH, Math.min(limit, legal, vehicle.maxSpeedKmh) * rule.practicalShare);
}
