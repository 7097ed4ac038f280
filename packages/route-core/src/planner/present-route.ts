import type { Consumption } from "../costing/arc-consumption.ts";
import type { Costing } from "../costing/costing.ts";
import type { LonLat } from "../geo/lon-lat.ts";
import { encodePolyline6 } from "../geo/polyline-codec.ts";
import type { EmptyRunner } from "./empty-running.ts";
import { reportEmissions } from "./report-emissions.ts";
import { driverSchedule } from "./driver-times.ts";
import type { EdgeCourses } from "./edge-courses.ts";
import type {
  CostLine,
  GeometryFormat,
  PlannedRoute,
  PlanRequest,
  RouteTag,
} from "./plan-types.ts";
import { routeFigures, roundTo } from "./route-figures.ts";
import { climbOf, consumptionOf, coordinatesOf, elevationAlong } from "./route-parts.ts";
import type { ArcPart } from "./arc-part.ts";

/** A route before it is written out. */
export interface DrivenRoute {
  readonly parts: readonly ArcPart[];
  /** The same by leg. */
  readonly legs: readonly (readonly ArcPart[])[];
  readonly searchCosts: readonly [number, number, number];
  readonly consumption: Consumption;
  /** Seconds of each leg, where they are not those of the search tier. */
  readonly legSeconds?: readonly number[];
}

/** Adds up what a found path takes. */
export function driveRoute(
  costing: Costing,
  legs: readonly (readonly ArcPart[])[],
  searchCosts: readonly [number, number, number],
): DrivenRoute {
  const parts = legs.length === 1 ? legs[0]! : legs.flat();
  return { parts, legs, searchCosts, consumption: consumptionOf(costing, legs) };
}

/**
 * Writes a route out with its metrics, cost lines and geometry.
 *
 * @param emptyRunner - where empty kilometres count
 */
export function presentRoute(
  costing: Costing,
  courses: EdgeCourses,
  route: DrivenRoute,
  request: PlanRequest,
  tags: readonly RouteTag[],
  emptyRunner?: EmptyRunner,
): PlannedRoute {
  const { consumption, parts } = route;
  const { rates, graph } = costing;
  const format = request.geometry ?? "geojson";
  const coordinates = format === "none" ? [] : coordinatesOf(graph, courses, parts);
  const legs = route.legs.length > 1 ? legConsumptions(costing, route) : [];
  const figures = routeFigures(
    consumption,
    climbOf(costing, courses, parts),
    rates,
    tollLines(costing, consumption),
    graph.meta.elevation.source,
    driverSchedule(request, costing.vehicle, consumption.seconds, waypointTimes(legs)),
  );
  const emptyRunning = emptyRunner?.(route.legs);
  const base: PlannedRoute = {
    id: routeId(parts),
    ...figures,
    iso14083: reportEmissions({
      energyCarrier: rates.carrier.kind,
      co2eKg: figures.co2eKg,
      payloadKg: costing.payloadKg,
      distanceM: figures.distanceM,
      origin: request.origin,
      destination: request.destination,
      ...(emptyRunning === undefined ? {} : { emptyRunning }),
    }),
    ...(legs.length > 1 ? { legs: legs.map(legFigures) } : {}),
    geometry: presentGeometry(coordinates, format),
    searchCosts: route.searchCosts,
    tags,
  };
  if (request.annotations?.includes("elevation") !== true) return base;
  return { ...base, annotations: { elevation: elevationAlong(costing, courses, parts) } };
}

/** What each leg takes. */
function legConsumptions(costing: Costing, { legs, legSeconds }: DrivenRoute): Consumption[] {
  return legs.map((parts, leg) => {
    const searched = consumptionOf(costing, [parts]);
    return { ...searched, seconds: legSeconds?.[leg] ?? searched.seconds };
  });
}

/** A leg as answers show it. */
export function legFigures({
  seconds,
  metres,
}: Pick<Consumption, "seconds" | "metres">): PlannedRoute["legs"][number] {
  return { durationS: roundTo(seconds, 2), distanceM: roundTo(metres, 1) };
}

/** Driving before each waypoint, s. */
export function waypointTimes(legs: readonly Pick<Consumption, "seconds">[]): number[] {
  let drivenS = 0;
  return legs.slice(0, -1).map(({ seconds }) => (drivenS += seconds));
}

/** Geometry of positions in the format that was asked for. */
export function presentGeometry(
  coordinates: readonly LonLat[],
  format: GeometryFormat,
): PlannedRoute["geometry"] {
  if (format === "none") return null;
  return format === "polyline6"
    ? encodePolyline6(coordinates)
    : { type: "LineString", coordinates };
}

function tollLines({ graph, tollOfFacility }: Costing, { facilities }: Consumption): CostLine[] {
  return facilities.flatMap((facility): CostLine[] => {
    const amount = tollOfFacility[facility]!;
    if (Number.isNaN(amount)) return [];
    const { id, name } = graph.meta.tollFacilities[facility - 1]!;
    return [{ item: "toll", amount, detail: `${name} (${id}), one passage` }];
  });
}

/** Stable name of a sequence of parts: two 32-bit FNV-1a hashes with different bases, as hex. */
function routeId(parts: readonly ArcPart[]): string {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  const add = (value: number): void => {
    high = Math.imul(high ^ value, 0x01000193);
    low = Math.imul(low ^ value, 0x01000193) ^ (low >>> 15);
  };
  for (const { arc, fromM, toM } of parts) {
    add(arc);
    add(Math.round(fromM));
    add(Math.round(toM));
  }
  const hex = (half: number): string => (half >>> 0).toString(16).padStart(8, "0");
  return hex(high) + hex(low);
}
