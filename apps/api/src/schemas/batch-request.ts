import { type Issue, ReasonError } from "@gradeway/reason-codes";
import type { Bbox, PlanRequest } from "@gradeway/route-core";
import { z } from "zod";

import { issuesOf } from "./json-pointer.ts";
import { invalidRequest, misplaced, planRequestSchemas, swappedEnds } from "./plan-request.ts";
import { type AssetHashes, requireAssets } from "./required-assets.ts";
import { splitUnavailable } from "./unavailable-fields.ts";

/** Most pairs of one batch. */
export const MAX_BATCH_PAIRS = 500;

/** Deadline of a whole batch that names none, ms. */
export const DEFAULT_BATCH_DEADLINE_MS = 60_000;

/** Longest deadline that a batch may name, ms. */
export const MAX_BATCH_DEADLINE_MS = 600_000;

/** Fields that each pair has of its own; all others hold for every pair. */
const PAIR_FIELDS = { origin: true, destination: true, waypoints: true } as const;

const pairSchema = planRequestSchemas.pareto.pick(PAIR_FIELDS);

const batchSchema = planRequestSchemas.pareto.omit(PAIR_FIELDS).extend({
  // What a pair looks like is its own affair: one that is malformed must not fail the others.
  pairs: z
    .array(z.unknown(), { error: "Expected a list of pairs." })
    .min(1, "Expected at least 1 pair.")
    .max(MAX_BATCH_PAIRS, `At most ${MAX_BATCH_PAIRS} pairs are allowed.`),
  batchDeadlineMs: z.int().min(1).max(MAX_BATCH_DEADLINE_MS).default(DEFAULT_BATCH_DEADLINE_MS),
});

/** A batch that has been read. */
export interface BatchRequest {
  /** In the order of the request: what is planned, or why the pair cannot be. */
  readonly pairs: readonly (PlanRequest | ReasonError)[];
  /** Whether the pairs are strict. */
  readonly strict: boolean;
  /** Time for all pairs together. */
  readonly batchDeadlineMs: number;
}

/**
 * Checks the form of a batch and fills in its defaults. Faults of what holds for every pair refuse the
 * batch; those of a pair take its place.
 *
 * @param json The parsed JSON document.
 * @param region Its box and hashes, as for `parsePlanRequest`.
 * @throws {ReasonError} request_invalid, request_feature_unavailable, asset_requirement_unmet
 */
export function parseBatchRequest(
  json: unknown,
  region: { readonly bbox: Bbox; readonly assetHashes: AssetHashes },
): BatchRequest {
  const { modelled, unavailable } = splitUnavailable(json);
  const result = batchSchema.safeParse(modelled);
  if (!result.success) throw invalidRequest(issuesOf(result.error, explainShared));
  if (unavailable !== undefined) throw unavailable;
  const { pairs, batchDeadlineMs, requireAssets: required, ...shared } = result.data;
  if (required !== undefined) requireAssets(required, region.assetHashes);
  return {
    pairs: pairs.map((pair, index) => readPair(pair, index, shared, region.bbox)),
    strict: shared.strict === true,
    batchDeadlineMs,
  };
}

function readPair(
  json: unknown,
  index: number,
  shared: Omit<PlanRequest, keyof typeof PAIR_FIELDS>,
  bbox: Bbox,
): PlanRequest | ReasonError {
  const { modelled, unavailable } = splitUnavailable(json);
  const result = pairSchema.safeParse(modelled);
  if (!result.success) return invalidPair(issuesOf(result.error, explainOwn), index);
  const swapped = swappedEnds(result.data, bbox);
  if (swapped.length > 0) return invalidPair(swapped, index);
  return unavailable ?? { ...shared, ...result.data };
}

/** Pointers of a pair's faults begin at the body. */
function invalidPair(issues: readonly Issue[], index: number): ReasonError<"request_invalid"> {
  return invalidRequest(
    issues.map(({ pointer, message }) => ({ pointer: `/pairs/${index}${pointer}`, message })),
  );
}

/** Says where a field belongs that only a pair has. */
function explainShared(pointer: string): string | undefined {
  const field = pointer.slice(1);
  return Object.hasOwn(PAIR_FIELDS, field)
    ? `The field "${field}" belongs to each of the pairs.`
    : misplaced(pointer, "pareto");
}

/** Says where a field belongs that no pair has of its own. */
function explainOwn(pointer: string): string | undefined {
  const field = pointer.slice(1);
  return Object.hasOwn(batchSchema.shape, field)
    ? `The field "${field}" holds for every pair and stands beside the list of pairs.`
    : undefined;
}
