import { ReasonError } from "@gradeway/reason-codes";

import { refusalOf } from "../costing/access-rules.ts";
import type { Costing } from "../costing/costing.ts";
import type { LonLat } from "../geo/lon-lat.ts";
import { ACCESS_NONE } from "../osm/way-access.ts";
import type { EdgeLocator, EdgePosition } from "./edge-locator.ts";

/** A point is put on a road at most this far away. */
export const SNAP_RADIUS_M = 1_000;
/** A place of a trip, as answers and refusals name it; waypoints count from 1. */
export type TripPoint = "origin" | "destination" | `waypoint ${number}`;

/** How far away a road is looked for to explain a failure. */
const EXPLAIN_RADIUS_M = 10_000;

/** Whether the vehicle of a costing may use an edge in some direction. */
export function isUsable(costing: Costing, edge: number): boolean {
  const { arcLevel } = costing.access;
  return arcLevel[2 * edge] !== ACCESS_NONE || arcLevel[2 * edge + 1] !== ACCESS_NONE;
}

/**
 * Puts a point on the nearest road that the vehicle may use.
 *
 * @throws {ReasonError} routing_graph_coverage_gap: how far the nearest road is, and which rule
 *   keeps the vehicle off it
 */
export function snapPoint(
  locator: EdgeLocator,
  costing: Costing,
  which: TripPoint,
  point: LonLat,
): EdgePosition {
  const accept = (edge: number): boolean => isUsable(costing, edge);
  const snapped = locator.nearest(point, SNAP_RADIUS_M, accept);
  if (snapped !== undefined) return snapped;
  const any = locator.nearest(point, EXPLAIN_RADIUS_M, () => true);
  const usable = locator.nearest(point, EXPLAIN_RADIUS_M, accept);
  const { graph, vehicle, payloadKg } = costing;
  const refusedBy = any === undefined ? null : refusalOf(graph, any.edge, vehicle, payloadKg);
  const distance = (metres: number | undefined): string =>
    metres === undefined ? `more than ${EXPLAIN_RADIUS_M / 1000} km` : `${Math.round(metres)} m`;
  const nearest =
    any !== undefined && any.edge === usable?.edge
      ? `the nearest one is ${distance(usable.distanceM)} away`
      : `the nearest road of any kind is ${distance(any?.distanceM)} away` +
        `${refusedBy === null ? "" : ` (${refusedBy})`}, ` +
        `the nearest usable one ${distance(usable?.distanceM)}`;
  throw new ReasonError(
    "routing_graph_coverage_gap",
    `No road for ${vehicle.id} within ${SNAP_RADIUS_M} m of the ${which}: ${nearest}.`,
    {
      point: which,
      lonLat: [point[0], point[1]],
      radiusM: SNAP_RADIUS_M,
      nearestRoadM: roundedOrNull(any),
      refusedBy,
      osmWayId: any === undefined ? null : graph.spanWayId[graph.firstSpan[any.edge]!]!,
      nearestUsableM: roundedOrNull(usable),
    },
  );
}

function roundedOrNull(position: EdgePosition | undefined): number | null {
  return position === undefined ? null : Math.round(position.distanceM * 10) / 10;
}
