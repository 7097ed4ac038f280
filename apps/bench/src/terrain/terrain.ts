import { runGates, verdictJson, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { shownPath } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { writeDocument } from "../write-report.ts";
import { runTerrain } from "./run-terrain.ts";
import { terrainGates } from "./terrain-gates.ts";
import { terrainText } from "./terrain-text.ts";
import { findTiles, openTileWorld } from "./tile-world.ts";

const args = {
  tiles: {
    type: "string",
    valueHint: "DIR",
    description: "Tiles; default Andorra's or the sample's",
  },
  zoom: { type: "string", default: "11", description: "Zoom level of the tiles" },
  seed: { type: "string", default: "20260212", description: "Seed of the lines" },
  requests: { type: "string", default: "50", description: "Requests at once" },
  runs: { type: "string", default: "7", description: "Runs of what needs a new process" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a target is missed" },
} as const;

/** `bench terrain` */
export const terrain = defineCommand({
  meta: { name: "bench terrain", description: "Measure profiles, sampling and decoding of tiles" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const seed = parseCount("seed", given.seed, 0);
    const requests = parseCount("requests", given.requests, 1);
    const runs = parseCount("runs", given.runs, 1);
    const zoom = parseCount("zoom", given.zoom, 0);
    const directory = findTiles(given.tiles, process.env["GRADEWAY_DATA_DIR"]);
    const world = await openTileWorld(directory, zoom);
    const now = monotonicMs;
    const options = { world, seed, requests, runs };
    const result = await withProgress((progress) => runTerrain({ ...options, now, progress }));
    const verdict = await runGates(terrainGates(result), { now });
    const tiles = `${world.tiles.length} tiles of zoom ${zoom} in ${shownPath(directory)}`;
    if (given.json !== undefined) {
      const environment = await describeEnvironment();
      const measuredAt = new Date().toISOString();
      await writeDocument(
        given.json,
        verdictJson(verdict, { measuredAt, environment, tiles, seed, ...result }),
      );
    }
    console.log(`${tiles}\n\n${terrainText(result)}\n\n${verdictText(verdict)}`);
    // Work that failed has failed whether targets are enforced or not.
    const failed = verdict.results.some(
      ({ id, status }) => id === "failed-work" && status === "fail",
    );
    process.exitCode = given.enforce ? verdict.exitCode : failed ? 1 : 0;
  },
});
