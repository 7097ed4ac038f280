import { type Issue, ReasonError } from "@gradeway/reason-codes";
import { type Bbox, OBJECTIVES, type PlanRequest } from "@gradeway/route-core";
import { z } from "zod";

import { findSwappedPoints, lonLatSchema } from "./coordinates.ts";
import { issuesOf } from "./json-pointer.ts";
import { splitUnavailable } from "./unavailable-fields.ts";

const objectiveSchema = z.enum(OBJECTIVES);
const weightSchema = z.number().nonnegative().exactOptional();

/** The form of a request to plan; fields that are not listed are refused. */
export const planRequestSchema = z.strictObject({
  origin: lonLatSchema,
  destination: lonLatSchema,
  vehicle: z.string().min(1).max(100).exactOptional(),
  payloadKg: z.number().nonnegative().exactOptional(),
  objectives: z
    .array(objectiveSchema)
    .min(1)
    .refine((list) => new Set(list).size === list.length, "Each objective may stand only once.")
    .exactOptional(),
  epsilon: z.number().min(0).max(1).default(0.01),
  weights: z
    .strictObject({ time: weightSchema, money: weightSchema, co2e: weightSchema })
    .refine(
      (weights) => Object.values(weights).some((weight) => weight > 0),
      "At least one weight must be greater than 0.",
    )
    .exactOptional(),
  maxRoutes: z.int().min(1).max(1000).exactOptional(),
  strict: z.boolean().exactOptional(),
  deadlineMs: z.int().min(1).max(60_000).default(10_000),
  geometry: z.enum(["geojson", "polyline6", "none"]).exactOptional(),
  annotations: z.array(z.literal("elevation")).exactOptional(),
});

/**
 * Checks the form of a request and fills in its defaults.
 *
 * @param json The parsed JSON document.
 * @param region When given, points that hit its box only with swapped numbers are refused.
 * @throws {ReasonError} request_invalid, request_feature_unavailable
 */
export function parsePlanRequest(json: unknown, region?: { readonly bbox: Bbox }): PlanRequest {
  const { modelled, unavailable } = splitUnavailable(json);
  const result = planRequestSchema.safeParse(modelled);
  if (!result.success) {
    throw invalid(issuesOf(result.error));
  }
  const request: PlanRequest = result.data;
  if (region !== undefined) {
    const { origin, destination } = request;
    const swapped = findSwappedPoints({ origin, destination }, region.bbox);
    if (swapped.length > 0) {
      throw invalid(swapped);
    }
  }
  if (unavailable !== undefined) {
    throw unavailable;
  }
  return request;
}

function invalid(issues: readonly Issue[]): ReasonError<"request_invalid"> {
  const message = issues
    .map(({ pointer, message: text }) => (pointer === "" ? text : `${pointer}: ${text}`))
    .join(" ");
  return new ReasonError("request_invalid", message, { issues });
}
