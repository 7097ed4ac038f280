import { createSeededRandom } from "@gradeway/test-kit";

import { type ConcurrencyMeasurement, measureConcurrency } from "./measure-concurrency.ts";
import { type DecodeMeasurement, measureDecode } from "./measure-decode.ts";
import { measureProfile, type ProfileMeasurement } from "./measure-profile.ts";
import { measureSampling, type SamplingMeasurement } from "./measure-sampling.ts";
import { randomLine } from "./random-line.ts";
import { openTerrainStand } from "./terrain-stand.ts";
import type { TileWorld } from "./tile-world.ts";

/** With what to measure. */
export interface TerrainOptions {
  readonly world: TileWorld;
  readonly seed: number;
  /** Requests at once, and terrains that are opened for each cold figure. */
  readonly requests: number;
  readonly runs: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** A finished benchmark. */
export interface TerrainResult {
  readonly profile: ProfileMeasurement;
  readonly sampling: SamplingMeasurement;
  readonly decode: DecodeMeasurement;
  readonly concurrency: ConcurrencyMeasurement;
}

const LINE_M = 100_000;

/**
 * Measures live terrain against an origin on loopback.
 *
 * @throws {Error} when work failed, so that there is nothing to report
 */
export async function runTerrain(options: TerrainOptions): Promise<TerrainResult> {
  const { world, seed, requests, runs, now, progress } = options;
  const stand = await openTerrainStand(world);
  try {
    progress("decoding");
    const decode = await measureDecode(world);
    progress("profiles");
    const line = randomLine(createSeededRandom(seed), world.box, LINE_M);
    const profile = await measureProfile(stand, world, line, runs, now);
    progress("samples");
    const warm = await stand.open(await stand.newDirectory());
    const sampling = await measureSampling(warm, world, seed);
    await warm.close();
    progress("requests at once");
    const concurrency = await measureConcurrency(stand, world, requests, seed, now);
    return { profile, sampling, decode, concurrency };
  } finally {
    await stand.close();
  }
}
