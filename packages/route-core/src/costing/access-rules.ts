import { type ArrayTaker, newArrays } from "../array-taker.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { RoadLimits } from "../osm/vehicle-limits.ts";
import { ACCESS_NONE, levelOf } from "../osm/way-access.ts";
import { grossMassKg, platedMassKg, type VehicleProfile } from "./vehicle-profile.ts";

/** The rule that keeps a vehicle off a road, or null when its size and mass fit. */
export function refusingLimit(
  limits: RoadLimits,
  vehicle: VehicleProfile,
  payloadKg: number,
): string | null {
  const massT = grossMassKg(vehicle, payloadKg) / 1000;
  const ratingT = platedMassKg(vehicle) / 1000;
  const checks: readonly (readonly [string, number, number, string])[] = [
    ["maxheight", limits.heightM, vehicle.heightM, "m"],
    ["maxwidth", limits.widthM, vehicle.widthM, "m"],
    ["maxlength", limits.lengthM, vehicle.lengthM, "m"],
    ["maxweight", limits.massT, massT, "t"],
    ["maxweightrating", limits.ratingT, ratingT, "t"],
    ["maxaxleload", limits.axleLoadT, vehicle.maxAxleLoadT, "t"],
  ];
  for (const [tag, limit, value, unit] of checks) {
    if (value > limit) return `${tag} ${limit} ${unit} < ${value} ${unit}`;
  }
  return null;
}

/** Which arcs a vehicle may use. */
export interface VehicleAccess {
  /** Access level per arc id: 0 none, 1 restricted, 2 open. */
  readonly arcLevel: Uint8Array;
}

/** Evaluates access and limits of every arc for one vehicle and payload. */
export function evaluateAccess(
  graph: RoutingGraph,
  vehicle: VehicleProfile,
  payloadKg: number,
  arrays: ArrayTaker = newArrays,
): VehicleAccess {
  const arcLevel = arrays.uint8(2 * graph.edgeCount);
  if (arrays.isFilled) return { arcLevel };
  const fits = graph.meta.limits.map((row) => refusingLimit(row, vehicle, payloadKg) === null);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (fits[graph.edgeLimits[edge]!] !== true) continue;
    const access = graph.edgeAccess[edge]!;
    arcLevel[2 * edge] = levelOf(access, vehicle.accessKind, false);
    arcLevel[2 * edge + 1] = levelOf(access, vehicle.accessKind, true);
  }
  return { arcLevel };
}

/** Why a vehicle may not use an edge in either direction, or null when it may. */
export function refusalOf(
  graph: RoutingGraph,
  edge: number,
  vehicle: VehicleProfile,
  payloadKg: number,
): string | null {
  const access = graph.edgeAccess[edge]!;
  const closed =
    levelOf(access, vehicle.accessKind, false) === ACCESS_NONE &&
    levelOf(access, vehicle.accessKind, true) === ACCESS_NONE;
  if (closed) return `access=no for ${vehicle.accessKind}`;
  return refusingLimit(graph.meta.limits[graph.edgeLimits[edge]!]!, vehicle, payloadKg);
}
