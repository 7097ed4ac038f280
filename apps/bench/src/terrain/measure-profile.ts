import {
  type ElevationProfile,
  type LiveTerrain,
  refineProfile,
  requireCoverage,
  sampleProfile,
  type TerrainDiagnostics,
} from "@gradeway/terrain-tiles";

import { type Distribution, distributionOf } from "../distribution.ts";
import type { TerrainStand } from "./terrain-stand.ts";
import type { TileWorld } from "./tile-world.ts";

/** One line, sampled and refined, from four states of the tiles. Times in milliseconds. */
export interface ProfileMeasurement {
  readonly lengthKm: number;
  readonly points: number;
  readonly tiles: number;
  /** Nothing is there: every tile comes from the origin. */
  readonly coldMs: Distribution;
  /** A new process on a full cache directory. */
  readonly diskMs: Distribution;
  /** The first request of a process whose memory was warmed with the region's tiles. */
  readonly warmedMs: Distribution;
  /** Every tile is in memory, and so is the code. */
  readonly warmMs: Distribution;
}

const COLD_RUNS = 7;
const WARM_RUNS = 50;

/** Measures a profile from cold to warm. */
export async function measureProfile(
  stand: TerrainStand,
  world: TileWorld,
  line: Float64Array,
  now: () => number,
): Promise<ProfileMeasurement> {
  const timed = async (terrain: LiveTerrain): Promise<[number, Profiled]> => {
    const startedAtMs = now();
    const profiled = await profileOf(terrain, line);
    return [now() - startedAtMs, profiled];
  };
  const coldMs: number[] = [];
  const diskMs: number[] = [];
  const warmedMs: number[] = [];
  const warmMs: number[] = [];
  let first: Profiled | undefined;
  for (let run = 0; run < COLD_RUNS; run += 1) {
    const directory = await stand.newDirectory();
    const cold = await stand.open(directory);
    const [tookMs, profiled] = await timed(cold);
    coldMs.push(tookMs);
    requireTier("remote", profiled.diagnostics);
    first ??= profiled;
    if (run === COLD_RUNS - 1) {
      for (let again = 0; again < WARM_RUNS; again += 1) {
        const [warmTookMs, warm] = await timed(cold);
        warmMs.push(warmTookMs);
        requireTier("memory", warm.diagnostics);
      }
    }
    await cold.close();

    const started = await stand.open(directory);
    const [diskTookMs, fromDisk] = await timed(started);
    diskMs.push(diskTookMs);
    requireTier("disk", fromDisk.diagnostics);
    await started.close();

    const warmed = await stand.open(directory);
    const warmUp = warmed.begin();
    await Promise.all(world.tiles.map(({ id }) => warmUp.warm(id)));
    const [warmedTookMs, afterWarmUp] = await timed(warmed);
    warmedMs.push(warmedTookMs);
    requireTier("memory", afterWarmUp.diagnostics);
    await warmed.close();
  }
  const { profile, diagnostics } = first!;
  return {
    lengthKm: profile.distanceM.at(-1)! / 1000,
    points: profile.distanceM.length,
    tiles: diagnostics.tiles.length,
    coldMs: distributionOf(coldMs),
    diskMs: distributionOf(diskMs),
    warmedMs: distributionOf(warmedMs),
    warmMs: distributionOf(warmMs),
  };
}

/** A profile and what it took. */
export interface Profiled {
  readonly profile: ElevationProfile;
  readonly diagnostics: TerrainDiagnostics;
}

/** What a request does about a line: samples and refines it, and insists on its heights. */
export async function profileOf(terrain: LiveTerrain, line: Float64Array): Promise<Profiled> {
  const run = terrain.begin({ strict: true });
  const profile = await sampleProfile(run.sampler, line);
  requireCoverage(profile);
  return { profile: refineProfile(profile), diagnostics: run.diagnostics() };
}

/** A figure under the wrong name would be worse than none. */
function requireTier(
  tier: "remote" | "disk" | "memory",
  { hits, tiles }: TerrainDiagnostics,
): void {
  if (hits[tier] === tiles.length) return;
  throw new Error(`${hits[tier]} of ${tiles.length} tiles came from ${tier}`);
}
