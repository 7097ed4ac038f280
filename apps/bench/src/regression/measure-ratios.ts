import { sha256Hex } from "@gradeway/model-assets";
import type { RoutePlanner } from "@gradeway/route-core";

import { cpuMs } from "../cpu-time.ts";
import { distributionOf } from "../distribution.ts";
import { type Operation, OPERATIONS, requestOf } from "../operations.ts";
import type { TripPair } from "../random-pairs.ts";
import { createCalibrationKernel } from "./calibration-kernel.ts";

/** Rounds over all trips; of each trip the least counts, which other work on the machine moves least. */
const ROUNDS = 5;

/** One operation as multiples of the calibration kernel, by trip. */
export interface RatioSeries {
  readonly operation: Operation["id"];
  /** Processor time of each trip over that of one run of the kernel. */
  readonly ratios: readonly number[];
}

/** What a machine makes of the kernel and of all operations. */
export interface RatioMeasurement {
  /** Of the places between which trips were made, those without a route included. */
  readonly tripsSha256: string;
  /** Median processor time of one run of the kernel, ms. */
  readonly kernelMs: number;
  readonly series: readonly RatioSeries[];
}

/**
 * Measures processor times of trips with the kernel in between, in this process, warm. Trips without a
 * route, and trips that fail, are left out of the series.
 */
export function measureRatios(
  planner: RoutePlanner,
  trips: readonly TripPair[],
  progress: (text: string) => void,
): RatioMeasurement {
  const kernel = createCalibrationKernel();
  for (let warm = 0; warm < 20; warm++) kernel();
  const kernelTimes: number[] = [];
  const least = OPERATIONS.map(() => new Float64Array(trips.length).fill(Number.NaN));
  for (let round = 0; round <= ROUNDS; round++) {
    progress(`against the calibration kernel: round ${round} of ${ROUNDS}`);
    for (const [at, trip] of trips.entries()) {
      const kernelMs = timeOf(kernel);
      // The first round warms up.
      if (round > 0) kernelTimes.push(kernelMs);
      for (const [index, operation] of OPERATIONS.entries()) {
        const tripMs = tripTime(planner, operation, trip);
        const before = least[index]![at]!;
        if (round > 0 && tripMs !== undefined) {
          least[index]![at] = Number.isNaN(before) ? tripMs : Math.min(before, tripMs);
        }
      }
    }
  }
  const kernelMs = distributionOf(kernelTimes).p50;
  const series = OPERATIONS.map(({ id }, index) => ({
    operation: id,
    ratios: [...least[index]!].filter((ms) => !Number.isNaN(ms)).map((ms) => ms / kernelMs),
  }));
  return { tripsSha256: sha256Hex(Buffer.from(JSON.stringify(trips))), kernelMs, series };
}

function timeOf(work: () => unknown): number {
  const startedAtMs = cpuMs();
  work();
  return cpuMs() - startedAtMs;
}

/** Undefined for a trip without an answer; failures are told by the benchmark itself. */
function tripTime(planner: RoutePlanner, operation: Operation, trip: TripPair): number | undefined {
  const startedAtMs = cpuMs();
  try {
    operation.run(planner, requestOf(trip));
    return cpuMs() - startedAtMs;
  } catch {
    return undefined;
  }
}
