import { type Issue, ReasonError } from "@gradeway/reason-codes";
import { countLinePoints, DEFAULT_SPACING_M } from "@gradeway/terrain-tiles";
import { z } from "zod";

import { lonLatSchema } from "./coordinates.ts";
import { issuesOf } from "./json-pointer.ts";
import { DEFAULT_DEADLINE_MS, MAX_DEADLINE_MS } from "./plan-request.ts";

/** Most points of one request, those that are put on a line included. */
export const MAX_ELEVATION_POINTS = 10_000;

/** Faults that are named; a long list of bad points would make a longer answer. */
const MAX_ISSUES = 20;

/** Degrees in the order of the request. */
type Positions = readonly (readonly [lon: number, lat: number])[];

/** A request for heights of points, or along a line. */
export interface ElevationRequest {
  readonly kind: "points" | "line";
  readonly positions: Positions;
  /** Largest distance in metres between two points of a line. */
  readonly spacingM: number;
  readonly strict: boolean;
  readonly deadlineMs: number;
}

/** A list of positions whose length is checked before anything in it is. */
function positionsSchema(least: number, item: z.ZodType<[number, number]>) {
  return z
    .array(z.unknown(), { error: "Expected a list of positions." })
    .min(least, `Expected at least ${least} position${least === 1 ? "" : "s"}.`)
    .max(MAX_ELEVATION_POINTS, `At most ${MAX_ELEVATION_POINTS} positions are allowed.`)
    .pipe(z.array(item));
}

const common = {
  points: positionsSchema(1, lonLatSchema).exactOptional(),
  /** Nothing of the terrain lies between 25 and 50 m; less would only repeat pixels. */
  spacingM: z.number().min(25).max(50).exactOptional(),
  strict: z.boolean().default(false),
  deadlineMs: z.int().min(1).max(MAX_DEADLINE_MS).default(DEFAULT_DEADLINE_MS),
};

const listSchema = z.strictObject({
  ...common,
  line: positionsSchema(2, lonLatSchema).exactOptional(),
});

const geojsonSchema = z.strictObject({
  ...common,
  line: z.strictObject(
    {
      type: z.literal("LineString"),
      // Positions of GeoJSON may carry an altitude, which is not the ground's.
      coordinates: positionsSchema(
        2,
        z.preprocess(
          (value) => (Array.isArray(value) && value.length === 3 ? value.slice(0, 2) : value),
          lonLatSchema,
        ) as z.ZodType<[number, number]>,
      ),
      bbox: z.array(z.number()).exactOptional(),
    },
    { error: "Expected a GeoJSON LineString or a list of positions." },
  ),
});

/**
 * Checks the form of a request for heights and fills in its defaults.
 *
 * @param json The parsed JSON document.
 * @throws {ReasonError} request_invalid
 */
export function parseElevationRequest(json: unknown): ElevationRequest {
  const line: unknown =
    typeof json === "object" && json !== null && "line" in json ? json.line : undefined;
  const isList = line === undefined || Array.isArray(line);
  const result = isList ? listSchema.safeParse(json) : geojsonSchema.safeParse(json);
  if (!result.success) throw invalid(issuesOf(result.error));
  const { points, line: given, spacingM, strict, deadlineMs } = result.data;
  const positions = given === undefined ? points : "type" in given ? given.coordinates : given;
  if (positions === undefined || (given !== undefined && points !== undefined)) {
    throw invalid([{ pointer: "", message: "Give either points or a line." }]);
  }
  if (given === undefined) {
    if (spacingM !== undefined) {
      throw invalid([{ pointer: "/spacingM", message: "The spacing belongs to a line." }]);
    }
    return { kind: "points", positions, spacingM: DEFAULT_SPACING_M, strict, deadlineMs };
  }
  const request = { kind: "line", positions, spacingM: spacingM ?? DEFAULT_SPACING_M } as const;
  assertLineFits(request);
  return { ...request, strict, deadlineMs };
}

/** Counts the points of a line without making them. */
function assertLineFits(request: Pick<ElevationRequest, "positions" | "spacingM">): void {
  const { positions, spacingM } = request;
  let count: number;
  try {
    count = countLinePoints(positions, { spacingM });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid([{ pointer: "/line", message: error.message }]);
  }
  if (count <= MAX_ELEVATION_POINTS) return;
  const message = `The line needs ${count} points at ${spacingM} m; at most ${MAX_ELEVATION_POINTS} are allowed.`;
  throw invalid([{ pointer: "/line", message }]);
}

function invalid(all: readonly Issue[]): ReasonError<"request_invalid"> {
  const issues = all.slice(0, MAX_ISSUES);
  const shown = issues.map(({ pointer, message }) =>
    pointer === "" ? message : `${pointer}: ${message}`,
  );
  const more = all.length - issues.length;
  if (more > 0) shown.push(`And ${more} more.`);
  return new ReasonError("request_invalid", shown.join(" "), { issues });
}
