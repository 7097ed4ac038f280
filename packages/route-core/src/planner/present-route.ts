import type { Consumption } from "../costing/arc-consumption.ts";
import type { Costing } from "../costing/costing.ts";
import { fuelLitres, moneyOf } from "../costing/objective-costs.ts";
import { encodePolyline6 } from "../geo/polyline-codec.ts";
import { REQUIRED_COVERAGE_RATIO } from "../graph/sample-heights.ts";
import type { EdgeCourses } from "./edge-courses.ts";
import type { CostLine, PlannedRoute, PlanRequest, RouteTag } from "./plan-types.ts";
import { climbOf, consumptionOf, coordinatesOf, elevationAlong } from "./route-parts.ts";
import type { ArcPart } from "./trip-query.ts";

/** A route before it is written out. */
export interface DrivenRoute {
  readonly parts: readonly ArcPart[];
  readonly searchCosts: readonly [number, number, number];
  readonly consumption: Consumption;
}

/** Adds up what a found path takes. */
export function driveRoute(
  costing: Costing,
  parts: readonly ArcPart[],
  searchCosts: readonly [number, number, number],
): DrivenRoute {
  return { parts, searchCosts, consumption: consumptionOf(costing, parts) };
}

/** Writes a route out with its metrics, cost lines and geometry. */
export function presentRoute(
  costing: Costing,
  courses: EdgeCourses,
  route: DrivenRoute,
  request: PlanRequest,
  tags: readonly RouteTag[],
): PlannedRoute {
  const { consumption, parts } = route;
  const { rates, graph } = costing;
  const litres = fuelLitres(consumption);
  const durationS = roundTo(consumption.seconds, 2);
  const distanceM = roundTo(consumption.metres, 1);
  const climb = climbOf(costing, courses, parts);
  const coverageRatio =
    consumption.metres > 0 ? 1 - consumption.voidMetres / consumption.metres : 1;
  const isKnown = coverageRatio >= REQUIRED_COVERAGE_RATIO;
  const base: PlannedRoute = {
    id: routeId(parts),
    durationS,
    distanceM,
    cost: {
      amount: roundTo(moneyOf(consumption, rates), 4),
      currency: rates.currency,
      lines: costLines(costing, consumption),
    },
    co2eKg: {
      ttw: roundTo(litres * rates.dieselTtwKgPerL, 4),
      wtt: roundTo(litres * rates.dieselWttKgPerL, 4),
      total: roundTo(litres * (rates.dieselTtwKgPerL + rates.dieselWttKgPerL), 4),
    },
    fuelL: roundTo(litres, 4),
    ascentM: isKnown ? roundTo(climb.ascentM, 1) : null,
    descentM: isKnown ? roundTo(climb.descentM, 1) : null,
    geometry: presentGeometry(costing, courses, parts, request),
    legs: [{ durationS, distanceM }],
    terrain: {
      source: graph.meta.elevation.source,
      coverageRatio: roundTo(Math.max(0, coverageRatio), 6),
    },
    searchCosts: route.searchCosts,
    tags,
  };
  if (request.annotations?.includes("elevation") !== true) return base;
  return { ...base, annotations: { elevation: elevationAlong(costing, parts) } };
}

function presentGeometry(
  costing: Costing,
  courses: EdgeCourses,
  parts: readonly ArcPart[],
  request: PlanRequest,
): PlannedRoute["geometry"] {
  const format = request.geometry ?? "geojson";
  if (format === "none") return null;
  const coordinates = coordinatesOf(costing, courses, parts);
  return format === "polyline6"
    ? encodePolyline6(coordinates)
    : { type: "LineString", coordinates };
}

function costLines(costing: Costing, consumption: Consumption): CostLine[] {
  const { rates, graph, tollOfFacility } = costing;
  const hours = consumption.seconds / 3600;
  const km = consumption.metres / 1000;
  const litres = fuelLitres(consumption);
  const { currency } = rates;
  const lines: CostLine[] = [
    {
      item: "driver",
      amount: roundTo(hours * rates.driverPerH, 4),
      detail: `${hours.toFixed(3)} h at ${rates.driverPerH} ${currency}/h`,
    },
    {
      item: "standing",
      amount: roundTo(hours * rates.standingPerH, 4),
      detail: `${hours.toFixed(3)} h at ${rates.standingPerH} ${currency}/h`,
    },
    {
      item: "running",
      amount: roundTo(km * rates.runningPerKm, 4),
      detail: `${km.toFixed(2)} km at ${rates.runningPerKm} ${currency}/km`,
    },
    {
      item: "fuel",
      amount: roundTo(litres * rates.dieselPerL, 4),
      detail: `${litres.toFixed(2)} l at ${rates.dieselPerL} ${currency}/l without VAT`,
    },
  ];
  for (const facility of consumption.facilities) {
    const amount = tollOfFacility[facility]!;
    if (Number.isNaN(amount)) continue;
    const { id, name } = graph.meta.tollFacilities[facility - 1]!;
    lines.push({ item: "toll", amount, detail: `${name} (${id}), one passage` });
  }
  return lines;
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

/** A value with at most `digits` decimals. */
export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
