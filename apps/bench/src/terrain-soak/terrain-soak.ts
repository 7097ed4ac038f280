import { runGates, verdictJson, verdictOf, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { createProgressLine } from "../progress-line.ts";
import { findTiles, openTileWorld } from "../terrain/tile-world.ts";
import { writeDocument } from "../write-report.ts";
import { runSoak } from "./run-soak.ts";
import { MEMORY_SECONDS, memoryGate, soakGates } from "./soak-gates.ts";
import { soakText } from "./soak-text.ts";

const args = {
  tiles: {
    type: "string",
    valueHint: "DIR",
    description: "Tiles; default Andorra's or the sample's",
  },
  zoom: { type: "string", default: "11", description: "Zoom level of the tiles" },
  seconds: { type: "string", default: "180", description: "Length of the soak" },
  seed: { type: "string", default: "20260212", description: "Seed of requests, faults and kills" },
  concurrency: { type: "string", default: "200", description: "Requests under way at a time" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 also when memory grows" },
} as const;

/** `bench terrain-soak` */
export const terrainSoak = defineCommand({
  meta: {
    name: "bench terrain-soak",
    description: "Live terrain under faults, while a process that shares its cache is killed",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const seconds = parseCount("seconds", given.seconds, 5);
    const seed = parseCount("seed", given.seed, 0);
    const concurrency = parseCount("concurrency", given.concurrency, 1);
    const zoom = parseCount("zoom", given.zoom, 0);
    const tiles = findTiles(given.tiles, process.env["GRADEWAY_DATA_DIR"]);
    const world = await openTileWorld(tiles, zoom);
    const now = monotonicMs;
    const line = createProgressLine(process.stderr, now);
    const result = await runSoak({
      world,
      seconds,
      seed,
      concurrency,
      progress: ({ requests, successes }) =>
        line.update(`${requests} requests, ${successes} answered`),
    });
    line.clear();
    const truth = await runGates(soakGates(result), { now });
    const isAboutMemory = given.enforce || seconds >= MEMORY_SECONDS;
    const budgets = isAboutMemory ? [memoryGate(result, seconds)] : [];
    const memory = await runGates(budgets, { now });
    const verdict = verdictOf([...truth.results, ...memory.results]);
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const measuredAt = new Date().toISOString();
      const { faults, book, watch, ...rest } = result;
      const context = {
        measuredAt,
        environment,
        options: { seconds, seed, concurrency, zoom },
        ...rest,
        book: { ...book, failures: Object.fromEntries(book.failures) },
        faults: Object.fromEntries(faults),
        watch,
      };
      await writeDocument(given.json, verdictJson(verdict, context));
    }
    console.log(`${soakText(result, seconds)}\n\n${verdictText(verdict)}`);
    // Only the memory is a matter of budgets; a wrong height is wrong without --enforce too.
    process.exitCode = given.enforce ? verdict.exitCode : truth.exitCode;
  },
});
