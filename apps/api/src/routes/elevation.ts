import type { Warning } from "@gradeway/reason-codes";
import {
  type ElevationSampler,
  measureClimb,
  refineProfile,
  type RegionPolicy,
  REQUIRED_COVERAGE_RATIO,
  requireCoverage,
  requireRegion as requireInRegion,
  sampleProfile,
  type TerrainDiagnostics,
} from "@gradeway/terrain-tiles";
import type { Context, Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { readJsonBody } from "../http/json-body.ts";
import { type ElevationRequest, parseElevationRequest } from "../schemas/elevation-request.ts";
import { terrainWarnings, whileClientWaits } from "../terrain/terrain-answer.ts";
import { requireRegion } from "./require-region.ts";
import { requireTerrain } from "./require-terrain.ts";

/** Room for the most points with all the digits that a program writes. */
const ELEVATION_BODY_LIMIT_BYTES = 1024 * 1024;

/** Heights of points or along a line; a void is null. */
interface Heights {
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
  /** Hash over the ids and bytes of the tiles that were used; "" when there were none. */
  readonly tilesSha256: string;
}

interface ElevationAnswer extends Heights {
  readonly source: string;
  readonly attribution: string;
  /** Tiles that are too old, or that came from the signed snapshot. */
  readonly warnings: readonly Warning[];
  /** Only where the request asks for it. */
  readonly diagnostics?: TerrainDiagnostics;
}

/** `POST /elevation` */
export function addElevationRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.post("/elevation", async (context) => {
    const terrain = requireTerrain(deps);
    const request = parseElevationRequest(
      await readJsonBody(context.req.raw, ELEVATION_BODY_LIMIT_BYTES),
    );
    const region = request.strict ? strictPolicy(context) : undefined;
    const { signal } = context.req.raw;
    const run = terrain.live.begin({
      strict: request.strict,
      deadlineAtMs: terrain.now() + request.deadlineMs,
      signal,
    });
    const heights = await whileClientWaits(signal, () =>
      request.kind === "points"
        ? samplePoints(run.sampler, request, region, signal)
        : sampleLine(run.sampler, request, region, signal),
    );
    const diagnostics = run.diagnostics();
    const { name: source, attribution } = run.sampler.source;
    const answer: ElevationAnswer = {
      ...heights,
      source,
      attribution,
      warnings: terrainWarnings(diagnostics),
      ...(context.req.query("diagnostics") === "1" ? { diagnostics } : {}),
    };
    // Tiles may be replaced behind the server, so the same request may get another answer.
    return context.json(answer, 200, { "cache-control": "no-store" });
  });
}

/**
 * What a strict request demands: some of its points in the region that is served, and most of them
 * known.
 */
function strictPolicy(context: Context<AppEnv>): RegionPolicy {
  const { bbox } = requireRegion(context).summary;
  return { bbox, strict: true, minimumRatio: REQUIRED_COVERAGE_RATIO };
}

async function samplePoints(
  sampler: ElevationSampler,
  { positions }: ElevationRequest,
  region: RegionPolicy | undefined,
  signal: AbortSignal,
): Promise<Heights> {
  const lonLat = Float64Array.from(positions.flat());
  if (region !== undefined) requireInRegion(region, lonLat);
  const heightM = new Float64Array(positions.length);
  const { missingTiles, tilesSha256 } = await sampler.sample(lonLat, heightM, { signal });
  const known = heightM.reduce((count, height) => count + (Number.isNaN(height) ? 0 : 1), 0);
  const coverageRatio = known / positions.length;
  if (region !== undefined) requireCoverage({ coverageRatio, missingTiles }, region.minimumRatio);
  return { elevationM: millimetres(heightM), coverageRatio, tilesSha256 };
}

async function sampleLine(
  sampler: ElevationSampler,
  { positions, spacingM }: ElevationRequest,
  region: RegionPolicy | undefined,
  signal: AbortSignal,
): Promise<Heights> {
  const policy = region === undefined ? {} : { region };
  const profile = await sampleProfile(sampler, positions, { spacingM, signal, ...policy });
  const { coverageRatio, tilesSha256 } = profile;
  const climb = measureClimb(refineProfile(profile).elevationM);
  const isKnown = coverageRatio >= REQUIRED_COVERAGE_RATIO;
  return {
    elevationM: millimetres(profile.elevationM),
    distanceM: Array.from(profile.distanceM, roundToMillimetre),
    ascentM: isKnown ? millimetreOrNull(climb.ascentM) : null,
    descentM: isKnown ? millimetreOrNull(climb.descentM) : null,
    coverageRatio,
    tilesSha256,
  };
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
