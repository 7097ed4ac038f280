import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "./command-arguments.ts";
import { shownPath } from "./output-paths.ts";
import { randomPairs } from "./random-pairs.ts";
import { openRegion } from "./region-under-test.ts";
import { WARM_UP_TRIPS } from "./run-benchmark.ts";
import { writeDocument } from "./write-report.ts";

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region" },
  pairs: { type: "string", default: "100", description: "Random trips" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  csv: { type: "string", required: true, valueHint: "FILE", description: "Gets the trips" },
} as const;

/** `bench trips` */
export const trips = defineCommand({
  meta: {
    name: "bench trips",
    description: "Write the trips of bench benchmark for other routers",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const pairs = parseCount("pairs", given.pairs, 1);
    const seed = parseCount("seed", given.seed, 0);
    const { graph } = await openRegion(given.region);
    const drawn = randomPairs(graph, pairs + WARM_UP_TRIPS, seed);
    const rows = [...drawn.slice(pairs), ...drawn.slice(0, pairs)].map(({ origin, destination }) =>
      [...origin, ...destination].join(","),
    );
    const head = "origin_lon,origin_lat,destination_lon,destination_lat";
    await writeDocument(given.csv, `${[head, ...rows].join("\n")}\n`);
    console.log(
      `${WARM_UP_TRIPS} trips to warm up and ${pairs} to measure: ${shownPath(given.csv)}`,
    );
  },
});
