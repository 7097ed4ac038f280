import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { reportRun } from "../report-run.ts";
import { coverageGates, coverageText } from "./coverage-gates.ts";
import { corpusFromFile, corpusInBox, runCoverage } from "./run-coverage.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  points: {
    type: "string",
    valueHint: "FILE.csv",
    description: "Places with the columns lon and lat; default random ones, which are not judged",
  },
  count: { type: "string", default: "1000", description: "Random points over the box" },
  seed: { type: "string", default: "20260212", description: "Seed of the points" },
  "min-nodes": { type: "string", default: "100", description: "Least junctions" },
  "min-edges": { type: "string", default: "100", description: "Least edges" },
  "min-connected-percent": {
    type: "string",
    default: "80",
    description: "Least share of the junctions in the largest strong component",
  },
  "max-distance-m": {
    type: "string",
    default: "1000",
    description: "Largest distance of a place to a road; default as far as trips are snapped",
  },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a threshold is missed" },
} as const;

/** `bench graph-coverage` */
export const graphCoverage = defineCommand({
  meta: {
    name: "bench graph-coverage",
    description: "Count a region's graph and measure how far places are from its roads",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const count = (name: keyof typeof args, least: number): number =>
      parseCount(name, String(given[name]), least);
    const { points } = given;
    const [drawn, seed] = [count("count", 1), count("seed", 0)];
    const limits = {
      minNodes: count("min-nodes", 0),
      minEdges: count("min-edges", 0),
      minConnectedPercent: count("min-connected-percent", 0),
      maxDistanceM: count("max-distance-m", 0),
    };
    const run = await runCoverage(given.region ?? GATE_PATHS.region, async (graph) =>
      points === undefined ? corpusInBox(graph, drawn, seed) : corpusFromFile(points),
    );
    await reportRun({
      gates: coverageGates(run, limits),
      text: coverageText(run),
      context: { limits, ...run },
      json: given.json,
      enforce: given.enforce,
    });
  },
});
