import { type Issue, ReasonError } from "@gradeway/reason-codes";
import { type Bbox, DRIVER_RULES, OBJECTIVES, type PlanRequest } from "@gradeway/route-core";
import { z } from "zod";

import { avoidSchema } from "./avoid.ts";
import { findSwappedPoints, lonLatSchema } from "./coordinates.ts";
import { issuesOf } from "./json-pointer.ts";
import { type AssetHashes, requireAssets, requiredAssetsSchema } from "./required-assets.ts";
import { splitUnavailable } from "./unavailable-fields.ts";
import { vehicleSchema } from "./vehicle.ts";
import { weatherSchema } from "./weather.ts";

/** Deadline of a request that names none, ms. */
export const DEFAULT_DEADLINE_MS = 10_000;

/** Longest deadline that a request may name, ms. */
export const MAX_DEADLINE_MS = 60_000;

/** Most places that a trip may pass. */
const MAX_WAYPOINTS = 20;

const objectiveSchema = z.enum(OBJECTIVES);
const shareSchema = z.number().min(0).max(10).exactOptional();
const limitSchema = z.number().nonnegative().exactOptional();
const weightSchema = z.number().min(0).max(1e6).exactOptional();

const drivenSchema = z.number().min(0).max(86_400).exactOptional();
const driverHoursSchema = z.strictObject({
  rule: z.enum(DRIVER_RULES).exactOptional(),
  drivenSinceBreakS: drivenSchema,
  drivenTodayS: drivenSchema,
  breakPartTaken: z.boolean().exactOptional(),
  extendedDay: z.boolean().exactOptional(),
});

/** Fields of both endpoints. */
const sharedFields = {
  origin: lonLatSchema,
  destination: lonLatSchema,
  vehicle: vehicleSchema.exactOptional(),
  payloadKg: z.number().nonnegative().exactOptional(),
  carbonPrice: z.union([z.string().min(1).max(64), z.number().min(0).max(1e5)]).exactOptional(),
  driverHours: driverHoursSchema.exactOptional(),
  emptyRunningShare: z.number().min(0).lt(1).exactOptional(),
  waypoints: z.array(lonLatSchema).max(MAX_WAYPOINTS).exactOptional(),
  uTurnsAtWaypoints: z.boolean().exactOptional(),
  constraints: z
    .strictObject({
      maxDurationS: limitSchema,
      maxCost: limitSchema,
      maxCo2eKg: limitSchema,
      overBest: z
        .strictObject({ time: shareSchema, money: shareSchema, co2e: shareSchema })
        .exactOptional(),
    })
    .exactOptional(),
  battery: z
    .strictObject({
      stateOfCharge: z.number().min(0).max(1).exactOptional(),
      reserve: z.number().min(0).max(1).exactOptional(),
    })
    .exactOptional(),
  weather: weatherSchema.exactOptional(),
  avoid: avoidSchema.exactOptional(),
  strict: z.boolean().exactOptional(),
  deadlineMs: z.int().min(1).max(MAX_DEADLINE_MS).default(DEFAULT_DEADLINE_MS),
  geometry: z.enum(["geojson", "polyline6", "none"]).exactOptional(),
  annotations: z.array(z.literal("elevation")).exactOptional(),
  requireAssets: requiredAssetsSchema.exactOptional(),
};

/** Fields that only a front has. */
const paretoFields = {
  objectives: z
    .array(objectiveSchema)
    .min(1)
    .refine((list) => new Set(list).size === list.length, "Each objective may stand only once.")
    .exactOptional(),
  epsilon: z.number().min(0).max(1).default(0.01),
  anytime: z.boolean().exactOptional(),
  maxRoutes: z.int().min(1).max(1000).exactOptional(),
  maxOverlapRatio: z.number().gt(0).max(1).exactOptional(),
};

/** Fields that only a single best route has. */
const routeFields = {
  weights: z
    .strictObject({ time: weightSchema, money: weightSchema, co2e: weightSchema })
    .refine(
      (weights) => Object.values(weights).some((weight) => weight > 0),
      "At least one weight must be greater than 0.",
    )
    .exactOptional(),
};

/** What a request asks for: a front (`POST /pareto`) or a single best route (`POST /route`). */
export type PlanKind = "pareto" | "route";

/** The form of a request by its kind; fields that are not listed are refused. */
export const planRequestSchemas = {
  pareto: z.strictObject({ ...sharedFields, ...paretoFields }),
  route: z.strictObject({ ...sharedFields, ...routeFields }),
} as const;

/**
 * Checks the form of a request and fills in its defaults.
 *
 * @param json The parsed JSON document.
 * @param region When given, points that hit its box only with swapped numbers are refused, and so are
 *   demands for other assets than it has.
 * @param kind What is asked for; a field that only the other kind has is refused.
 * @throws {ReasonError} request_invalid, request_feature_unavailable, asset_requirement_unmet
 */
export function parsePlanRequest(
  json: unknown,
  region?: { readonly bbox: Bbox; readonly assetHashes?: AssetHashes },
  kind: PlanKind = "pareto",
): PlanRequest {
  const { modelled, unavailable } = splitUnavailable(json);
  const result = planRequestSchemas[kind].safeParse(modelled);
  if (!result.success) {
    throw invalidRequest(issuesOf(result.error, (pointer) => misplaced(pointer, kind)));
  }
  const { requireAssets: required, ...modelledRequest } = result.data;
  const request: PlanRequest = modelledRequest;
  const swapped = region === undefined ? [] : swappedEnds(request, region.bbox);
  if (swapped.length > 0) throw invalidRequest(swapped);
  if (unavailable !== undefined) {
    throw unavailable;
  }
  if (required !== undefined) requireAssets(required, region?.assetHashes ?? new Map());
  return request;
}

/** Ends and waypoints that miss a region and would hit it with their numbers swapped. */
export function swappedEnds(
  {
    origin,
    destination,
    waypoints = [],
  }: Pick<PlanRequest, "origin" | "destination" | "waypoints">,
  bbox: Bbox,
): readonly Issue[] {
  const named = waypoints.map((point, k) => [`waypoints/${k}`, point] as const);
  return findSwappedPoints({ origin, ...Object.fromEntries(named), destination }, bbox);
}

/** Says where a field belongs that only the other kind of request has. */
export function misplaced(pointer: string, kind: PlanKind): string | undefined {
  const [other, fields] =
    kind === "pareto" ? (["route", routeFields] as const) : (["pareto", paretoFields] as const);
  const field = pointer.slice(1);
  return Object.hasOwn(fields, field)
    ? `The field "${field}" is taken by /${other} only; it would do nothing here.`
    : undefined;
}

/** One error that names every fault. */
export function invalidRequest(issues: readonly Issue[]): ReasonError<"request_invalid"> {
  const message = issues
    .map(({ pointer, message: text }) => (pointer === "" ? text : `${pointer}: ${text}`))
    .join(" ");
  return new ReasonError("request_invalid", message, { issues });
}
