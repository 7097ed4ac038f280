import { ReasonError } from "@gradeway/reason-codes";
import {
  type ElevationSampler,
  measureClimb,
  refineProfile,
  REQUIRED_COVERAGE_RATIO,
  requireCoverage,
  sampleProfile,
} from "@gradeway/terrain-tiles";
import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { readJsonBody } from "../http/json-body.ts";
import { type ElevationRequest, parseElevationRequest } from "../schemas/elevation-request.ts";

/** Room for the most points with all the digits that a program writes. */
const ELEVATION_BODY_LIMIT_BYTES = 1024 * 1024;

/** Heights of points or along a line; a void is null. */
interface ElevationAnswer {
  readonly elevationM: readonly (number | null)[];
  /** Distance of each height from the start; lines only. */
  readonly distanceM?: readonly number[];
  /**
   * Climb of the smoothed line; null when less than 96 % of it is known, because a void is not level
   * ground. Lines only.
   */
  readonly ascentM?: number | null;
  readonly descentM?: number | null;
  /** Known share of the points, or of the length of the line. */
  readonly coverageRatio: number;
  readonly source: string;
  readonly attribution: string;
}

/** `POST /elevation` */
export function addElevationRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.post("/elevation", async (context) => {
    const sampler = requireElevation(deps);
    const request = parseElevationRequest(
      await readJsonBody(context.req.raw, ELEVATION_BODY_LIMIT_BYTES),
    );
    const { signal } = context.req.raw;
    try {
      const answer =
        request.kind === "points"
          ? await samplePoints(sampler, request, signal)
          : await sampleLine(sampler, request, signal);
      // Tiles may be replaced behind the server, so the same request may get another answer.
      return context.json(answer, 200, { "cache-control": "no-store" });
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new ReasonError("planner_stopped", "The client left.", {}, { cause: error });
    }
  });
}

function requireElevation(deps: AppDeps): ElevationSampler {
  if (deps.elevation !== undefined) return deps.elevation;
  const problem = "The server was started without elevation tiles.";
  throw new ReasonError("terrain_dem_asset_unavailable", problem, { source: "none", problem });
}

async function samplePoints(
  sampler: ElevationSampler,
  { positions, strict }: ElevationRequest,
  signal: AbortSignal,
): Promise<ElevationAnswer> {
  const lonLat = Float64Array.from(positions.flat());
  const heightM = new Float64Array(positions.length);
  const { missingTiles } = await sampler.sample(lonLat, heightM, { signal });
  const known = heightM.reduce((count, height) => count + (Number.isNaN(height) ? 0 : 1), 0);
  const coverageRatio = known / positions.length;
  if (strict) requireCoverage({ coverageRatio, missingTiles });
  return { elevationM: millimetres(heightM), coverageRatio, ...describe(sampler) };
}

async function sampleLine(
  sampler: ElevationSampler,
  { positions, spacingM, strict }: ElevationRequest,
  signal: AbortSignal,
): Promise<ElevationAnswer> {
  const profile = await sampleProfile(sampler, positions, { spacingM, signal });
  if (strict) requireCoverage(profile);
  const { coverageRatio } = profile;
  const climb = measureClimb(refineProfile(profile).elevationM);
  const isKnown = coverageRatio >= REQUIRED_COVERAGE_RATIO;
  return {
    elevationM: millimetres(profile.elevationM),
    distanceM: Array.from(profile.distanceM, roundToMillimetre),
    ascentM: isKnown ? millimetreOrNull(climb.ascentM) : null,
    descentM: isKnown ? millimetreOrNull(climb.descentM) : null,
    coverageRatio,
    ...describe(sampler),
  };
}

function describe(sampler: ElevationSampler): Pick<ElevationAnswer, "source" | "attribution"> {
  return { source: sampler.source.name, attribution: sampler.source.attribution };
}

function millimetres(heightM: Float64Array): (number | null)[] {
  return Array.from(heightM, millimetreOrNull);
}

function millimetreOrNull(metres: number): number | null {
  return Number.isNaN(metres) ? null : roundToMillimetre(metres);
}

function roundToMillimetre(metres: number): number {
  return Math.round(metres * 1000) / 1000;
}
