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
  /** Nothing is there, not even the threads that decode. */
  readonly firstMs: Distribution;
  /** The threads run, and every tile comes from the origin. */
  readonly coldMs: Distribution;
  /** The threads run, and every tile comes from disk. */
  readonly diskMs: Distribution;
  /** The first profile of a process whose memory was warmed with the region's tiles. */
  readonly warmedMs: Distribution;
  /** Every tile is in memory, and so is the code. */
  readonly warmMs: Distribution;
}

const WARM_RUNS = 50;

/**
 * Measures a profile from cold to warm.
 *
 * @param runs - terrains that are opened for each figure that needs a new one
 */
export async function measureProfile(
  stand: TerrainStand,
  world: TileWorld,
  line: Float64Array,
  runs: number,
  now: () => number,
): Promise<ProfileMeasurement> {
  const timed = async (terrain: LiveTerrain): Promise<[number, Profiled]> => {
    const startedAtMs = now();
    const profiled = await profileOf(terrain, line);
    return [now() - startedAtMs, profiled];
  };
  const firstMs: number[] = [];
  const coldMs: number[] = [];
  const diskMs: number[] = [];
  const warmedMs: number[] = [];
  const warmMs: number[] = [];
  let profiled: Profiled | undefined;
  const measure = async (
    into: number[],
    tier: "remote" | "disk" | "memory",
    terrain: LiveTerrain,
  ): Promise<void> => {
    const [tookMs, answer] = await timed(terrain);
    into.push(tookMs);
    requireTier(tier, answer.diagnostics);
    profiled = answer;
  };
  for (let run = 0; run < runs; run += 1) {
    const first = await stand.open(await stand.newDirectory());
    await measure(firstMs, "remote", first);
    await first.close();

    const directory = await stand.newDirectory();
    const cold = await stand.openStarted(directory);
    await measure(coldMs, "remote", cold);
    if (run === runs - 1) {
      for (let again = 0; again < WARM_RUNS; again += 1) await measure(warmMs, "memory", cold);
    }
    await cold.close();

    const started = await stand.openStarted(directory);
    await measure(diskMs, "disk", started);
    await started.close();

    const warmed = await stand.open(directory);
    const warmUp = warmed.begin();
    await Promise.all(world.tiles.map(({ id }) => warmUp.warm(id)));
    await measure(warmedMs, "memory", warmed);
    await warmed.close();
  }
  const { profile, diagnostics } = profiled!;
  return {
    lengthKm: profile.distanceM.at(-1)! / 1000,
    points: profile.distanceM.length,
    tiles: diagnostics.tiles.length,
    firstMs: distributionOf(firstMs),
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
