import { budgetGate, type Gate } from "@gradeway/quality-gates";

import { P95_BUDGET_MS } from "../benchmark-gates.ts";
import type { TerrainResult } from "./run-terrain.ts";

/** Samples per second and core that warm sampling must reach. */
const LEAST_PER_CORE_S = 5e6;
/** How much longer than GDAL a tile may take. */
const DECODE_BUDGET = 2;

const subsystem = "terrain";

/** Judges a finished benchmark: no failed work, and every target met. */
export function terrainGates({ sampling, decode, concurrency }: TerrainResult): Gate[] {
  const { failures, requests, fetchedShared, distinctTiles } = concurrency;
  return [
    {
      id: "failed-work",
      subsystem,
      title: "all work done, every tile fetched once",
      rationale:
        "A benchmark in which work failed has measured how fast the product fails; requests of the " +
        "same moment share what they fetch.",
      threshold: 100,
      async measure() {
        const problems = [...failures];
        if (fetchedShared !== distinctTiles) {
          problems.push(`${distinctTiles} tiles took ${fetchedShared} requests to the origin`);
        }
        return {
          score: problems.length === 0 ? 100 : 0,
          facts: { requests, distinctTiles, fetchedShared },
          failures: problems,
        };
      },
    },
    {
      id: "samples",
      subsystem,
      title: "warm samples per second and core",
      rationale: "The design's target: sampling must cost nothing next to the search.",
      threshold: 100,
      async measure() {
        const observed = sampling.batchPerCoreS.p50;
        const isEnough = observed >= LEAST_PER_CORE_S;
        const found = `${(observed / 1e6).toFixed(2)} M/s, the target is ${LEAST_PER_CORE_S / 1e6} M/s`;
        return {
          score: isEnough ? 100 : Math.min(99.9, (100 * observed) / LEAST_PER_CORE_S),
          facts: { observed, target: LEAST_PER_CORE_S },
          failures: isEnough ? [] : [found],
        };
      },
    },
    budgetGate({
      id: "decode",
      subsystem,
      title: "tile decode against GDAL",
      rationale:
        "The design's target with an LZW decoder of our own, on the same tiles in the same run.",
      budget: DECODE_BUDGET,
      unit: "x",
      async measure() {
        if (decode.ratio === undefined) throw new RangeError("GDAL is not installed");
        return { observed: decode.ratio, facts: { gdal: decode.gdalVersion ?? "" } };
      },
    }),
    budgetGate({
      id: "concurrent",
      subsystem,
      title: `P95 of ${requests} requests at once, warm`,
      rationale: "The budget of every request; profiles are a part of it.",
      budget: P95_BUDGET_MS,
      unit: "ms",
      measure: async () => ({ observed: concurrency.togetherMs.p95, facts: {} }),
    }),
  ];
}
