import {
  type ElevationProfile,
  type LiveTerrain,
  refineProfile,
  requireCoverage,
  sampleProfile,
  type TerrainDiagnostics,
} from "@gradeway/terrain-tiles";

import { type Distribution, distributionOf } from "../distribution.ts";
import { cpuMs } from "../cpu-time.ts";
import type { TerrainStand } from "./terrain-stand.ts";
import type { TileWorld } from "./tile-world.ts";

/** Time in milliseconds that a profile took: by the clock, and of processors over all threads. */
export interface ProfileTimes {
  readonly wallMs: Distribution;
  readonly cpuMs: Distribution;
}

/** One line, sampled and refined, from five states of the tiles. */
export interface ProfileMeasurement {
  readonly lengthKm: number;
  readonly points: number;
  readonly tiles: number;
  /** Nothing is there, not even the threads that decode. */
  readonly first: ProfileTimes;
  /** The threads run, and every tile comes from the origin. */
  readonly cold: ProfileTimes;
  /** The threads run, and every tile comes from disk. */
  readonly disk: ProfileTimes;
  /** The first profile of a process whose memory was warmed with the region's tiles. */
  readonly warmed: ProfileTimes;
  /** Every tile is in memory, and so is the code. */
  readonly warm: ProfileTimes;
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
  const taken = {
    first: createTimes(),
    cold: createTimes(),
    disk: createTimes(),
    warmed: createTimes(),
    warm: createTimes(),
  };
  let profiled: Profiled | undefined;
  const measure = async (
    state: keyof typeof taken,
    tier: "remote" | "disk" | "memory",
    terrain: LiveTerrain,
  ): Promise<void> => {
    const startedAtMs = now();
    const spentMs = cpuMs();
    profiled = await profileOf(terrain, line);
    taken[state].cpuMs.push(cpuMs() - spentMs);
    taken[state].wallMs.push(now() - startedAtMs);
    requireTier(tier, profiled.diagnostics);
  };
  for (let run = 0; run < runs; run += 1) {
    const first = await stand.open(await stand.newDirectory());
    await measure("first", "remote", first);
    await first.close();

    const directory = await stand.newDirectory();
    const cold = await stand.openStarted(directory);
    await measure("cold", "remote", cold);
    if (run === runs - 1) {
      for (let again = 0; again < WARM_RUNS; again += 1) await measure("warm", "memory", cold);
    }
    await cold.close();

    const started = await stand.openStarted(directory);
    await measure("disk", "disk", started);
    await started.close();

    const warmed = await stand.open(directory);
    const warmUp = warmed.begin();
    await Promise.all(world.tiles.map(({ id }) => warmUp.warm(id)));
    await measure("warmed", "memory", warmed);
    await warmed.close();
  }
  const { profile, diagnostics } = profiled!;
  return {
    lengthKm: profile.distanceM.at(-1)! / 1000,
    points: profile.distanceM.length,
    tiles: diagnostics.tiles.length,
    first: timesOf(taken.first),
    cold: timesOf(taken.cold),
    disk: timesOf(taken.disk),
    warmed: timesOf(taken.warmed),
    warm: timesOf(taken.warm),
  };
}

interface Times {
  readonly wallMs: number[];
  readonly cpuMs: number[];
}

const createTimes = (): Times => ({ wallMs: [], cpuMs: [] });

const timesOf = (times: Times): ProfileTimes => ({
  wallMs: distributionOf(times.wallMs),
  cpuMs: distributionOf(times.cpuMs),
});

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
