import type { LiveTerrain } from "@gradeway/terrain-tiles";
import { createSeededRandom } from "@gradeway/test-kit";

import { type Distribution, distributionOf } from "../distribution.ts";
import { cpuMs } from "../cpu-time.ts";
import { profileOf } from "./measure-profile.ts";
import { randomLine } from "./random-line.ts";
import type { TerrainStand } from "./terrain-stand.ts";
import type { TileWorld } from "./tile-world.ts";

/** Many requests in the same moment. Times in milliseconds. */
export interface ConcurrencyMeasurement {
  readonly requests: number;
  /** Latencies with every tile in memory: one request after the other, and all at once. */
  readonly aloneMs: Distribution;
  readonly togetherMs: Distribution;
  /** Latencies of all at once, when nothing is there. */
  readonly coldTogetherMs: Distribution;
  /**
   * Processor time for all answers, cold: at once on one terrain, and one after the other, each on a
   * terrain of its own that has nothing yet.
   */
  readonly sharedCpuMs: number;
  readonly unsharedCpuMs: number;
  /** Tiles that the requests used, added up; tiles that the origin was asked for; their number. */
  readonly tileUses: number;
  readonly fetchedShared: number;
  readonly fetchedUnshared: number;
  readonly distinctTiles: number;
  /** Requests that failed, one line each. */
  readonly failures: readonly string[];
}

/** So many times all of them, for a percentile of more than fifty figures. */
const ROUNDS = 5;

/** Measures requests with lines of 10 to 100 km. */
export async function measureConcurrency(
  stand: TerrainStand,
  world: TileWorld,
  requests: number,
  seed: number,
  now: () => number,
): Promise<ConcurrencyMeasurement> {
  const random = createSeededRandom(seed);
  const lines = Array.from({ length: requests }, () =>
    randomLine(random, world.box, random.between(10_000, 100_000)),
  );
  const failures: string[] = [];
  const tiles = new Set<string>();
  let tileUses = 0;
  const send = async (terrain: LiveTerrain, line: Float64Array): Promise<number> => {
    const startedAtMs = now();
    try {
      const { diagnostics } = await profileOf(terrain, line);
      tileUses += diagnostics.tiles.length;
      for (const { tile } of diagnostics.tiles) tiles.add(tile);
    } catch (error) {
      failures.push(String(error));
    }
    return now() - startedAtMs;
  };
  const costOf = async (work: () => Promise<unknown>): Promise<[cpu: number, asked: number]> => {
    const beganMs = cpuMs();
    const askedBefore = stand.asked();
    await work();
    return [cpuMs() - beganMs, stand.asked() - askedBefore];
  };

  const shared = await stand.openStarted(await stand.newDirectory());
  let coldMs: number[] = [];
  const [sharedCpuMs, fetchedShared] = await costOf(async () => {
    coldMs = await Promise.all(lines.map((line) => send(shared, line)));
  });
  const usesOfAll = tileUses;
  const togetherMs: number[] = [];
  const aloneMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    togetherMs.push(...(await Promise.all(lines.map((line) => send(shared, line)))));
    for (const line of lines) aloneMs.push(await send(shared, line));
  }
  await shared.close();

  let unsharedCpuMs = 0;
  let fetchedUnshared = 0;
  for (const line of lines) {
    const own = await stand.openStarted(await stand.newDirectory());
    const [spentMs, fetched] = await costOf(() => send(own, line));
    unsharedCpuMs += spentMs;
    fetchedUnshared += fetched;
    await own.close();
  }
  return {
    requests,
    aloneMs: distributionOf(aloneMs),
    togetherMs: distributionOf(togetherMs),
    coldTogetherMs: distributionOf(coldMs),
    sharedCpuMs,
    unsharedCpuMs,
    tileUses: usesOfAll,
    fetchedShared,
    fetchedUnshared,
    distinctTiles: tiles.size,
    failures,
  };
}
