import { existsSync } from "node:fs";
import path from "node:path";

import { textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "./command-arguments.ts";
import { monotonicMs } from "./monotonic-clock.ts";
import { importGates } from "./import-gates.ts";
import { IMPORT_STEPS } from "./import-measurement.ts";
import { withProgress } from "./progress-line.ts";
import { reportRun } from "./report-run.ts";
import { type ImportRun, runImports } from "./run-imports.ts";

const args = {
  osm: { type: "string", required: true, valueHint: "FILE.osm.pbf", description: "OSM extract" },
  tiles: { type: "string", required: true, valueHint: "DIR", description: "Elevation tiles" },
  runs: { type: "string", default: "3", description: "Imports, each in a process of its own" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench import` */
export const importCommand = defineCommand({
  meta: { name: "bench import", description: "Measure time and memory of an import" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const runs = parseCount("runs", given.runs, 1);
    const { osm, tiles } = given;
    requireFile("osm", osm);
    if (!tiles.includes("{z}")) requireFile("tiles", tiles);
    const made = await withProgress((progress) => {
      const before = (run: number): void => progress(`import ${run + 1} of ${runs}`);
      return runImports({ osm, tiles, runs, now: monotonicMs, progress: before });
    });
    await reportRun({
      gates: importGates(made),
      text: made.runs.length > 0 ? importsTable(made.runs) : "",
      context: { osm: path.basename(osm), runs: made.runs },
      json: given.json,
      enforce: given.enforce,
      hasFailed: made.failures.length > 0,
    });
  },
});

/** A wrong path is a mistake of the caller, not a failed import. */
function requireFile(name: string, file: string): void {
  if (!existsSync(file)) throw new ArgumentError(`--${name}: there is no ${file}`);
}

/** One row per run: time by step, rates, memory. */
export function importsTable(runs: readonly ImportRun[]): string {
  const head = ["run", "process s", ...IMPORT_STEPS.map((step) => `${step} ms`)];
  head.push("read MB/s", "peak MB", "idle MB", "MB per M nodes");
  const rows = runs.map((run, number) => [
    String(number + 1),
    (run.processMs / 1000).toFixed(2),
    ...IMPORT_STEPS.map((step) => run.stepMs[step].toFixed(0)),
    (run.pbfBytes / 1e3 / run.stepMs.read).toFixed(1),
    run.peakRssMb.toFixed(0),
    run.idleRssMb.toFixed(0),
    ((run.peakRssMb - run.idleRssMb) / (run.nodes / 1e6)).toFixed(0),
  ]);
  const [first] = runs;
  const about =
    first === undefined
      ? ""
      : `\n\n${(first.pbfBytes / 1e6).toFixed(1)} MB PBF, ${first.roadWays} of ${first.highwayWays} highway ways, ` +
        `${first.nodes} nodes, ${first.edges} edges, ${first.lengthKm.toFixed(0)} km, ` +
        `elevation ${(100 * first.elevationCoverage).toFixed(1)} %, graph ${(first.graphBytes / 1e6).toFixed(1)} MB`;
  return textTable([head, ...rows], new Set(head.keys())) + about;
}
