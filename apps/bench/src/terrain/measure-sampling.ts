import { densifyLine, type LiveTerrain } from "@gradeway/terrain-tiles";
import { createSeededRandom } from "@gradeway/test-kit";

import { type Distribution, distributionOf } from "../distribution.ts";
import { cpuMs } from "../cpu-time.ts";
import { randomLine } from "./random-line.ts";
import type { TileWorld } from "./tile-world.ts";

/** Warm sampling. Rates are samples per second of processor time, over all threads. */
export interface SamplingMeasurement {
  readonly samples: number;
  /** One call for all points of many lines, as a region build does. */
  readonly batchPerCoreS: Distribution;
  /** One call for each line of 100 km, as a request does. */
  readonly linesPerCoreS: Distribution;
  /** One call for as many points anywhere in the box, in random order. */
  readonly scatteredPerCoreS: Distribution;
}

const SAMPLES = 1_000_000;
const LINE_M = 100_000;
const RUNS = 9;
/** Share of voids above which the rate would not be that of heights. */
const MOST_VOIDS = 0.01;

/** Measures sampling from memory. */
export async function measureSampling(
  terrain: LiveTerrain,
  world: TileWorld,
  seed: number,
): Promise<SamplingMeasurement> {
  const random = createSeededRandom(seed);
  const lines: Float64Array[] = [];
  let samples = 0;
  while (samples < SAMPLES) {
    const { lonLat } = densifyLine(randomLine(random, world.box, LINE_M));
    lines.push(lonLat);
    samples += lonLat.length / 2;
  }
  const batch = new Float64Array(2 * samples);
  let at = 0;
  for (const line of lines) {
    batch.set(line, at);
    at += line.length;
  }
  const [west, south, east, north] = world.box;
  const scattered = Float64Array.from({ length: 2 * samples }, (_, index) =>
    index % 2 === 0 ? random.between(west, east) : random.between(south, north),
  );
  const outM = new Float64Array(samples);
  const { sampler } = terrain.begin();
  const rate = async (work: () => Promise<void>): Promise<Distribution> => {
    const rates: number[] = [];
    await work();
    for (let run = 0; run < RUNS; run += 1) {
      const beganMs = cpuMs();
      await work();
      rates.push((1000 * samples) / (cpuMs() - beganMs));
    }
    return distributionOf(rates);
  };
  const whole = async (lonLat: Float64Array): Promise<void> => {
    const { voids } = await sampler.sample(lonLat, outM);
    // Voids are quicker than heights.
    if (voids > MOST_VOIDS * samples) throw new Error(`${voids} of ${samples} samples are void`);
  };
  return {
    samples,
    batchPerCoreS: await rate(() => whole(batch)),
    linesPerCoreS: await rate(async () => {
      for (const line of lines) await sampler.sample(line, outM);
    }),
    scatteredPerCoreS: await rate(() => whole(scattered)),
  };
}
