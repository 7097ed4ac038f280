import { stat } from "node:fs/promises";
import { basename } from "node:path";

import { openTiles } from "@gradeway/api";
import { buildRegion, type BuildReport } from "@gradeway/model-assets";
import { type BuildStep, MAX_SMOOTHING_M } from "@gradeway/route-core";
import { createElevationSampler } from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { invalidArgument, parseNumber, refuseUnknown } from "./command-arguments.ts";
import { openOsmFile } from "./file-osm-source.ts";
import { createProgressLine } from "./progress-line.ts";
import { terrainSettings, tilesArgs } from "./terrain-arguments.ts";
import { textTable } from "./text-table.ts";

const STEP_TEXT: Readonly<Record<BuildStep, string>> = {
  read: "reading OpenStreetMap data",
  contract: "contracting the network",
  elevation: "sampling elevation",
  finish: "writing the graph",
};

const args = {
  osm: { type: "string", required: true, valueHint: "FILE.osm.pbf", description: "OSM extract" },
  ...tilesArgs,
  tiles: {
    ...tilesArgs.tiles,
    description: "Elevation tiles; a URL template has {z}, {x} and {y}",
  },
  out: { type: "string", required: true, valueHint: "DIR", description: "Region directory" },
  name: { type: "string", description: "Name of the region; default: the OSM file's name" },
  "smoothing-m": {
    type: "string",
    valueHint: "METRES",
    description: "Standard deviation of smoothing along the network, 0 to 1000; default: 57",
  },
  strict: {
    type: "boolean",
    default: false,
    description: "Refuse when elevation is known for less than 96 % of the road length",
  },
  json: { type: "boolean", default: false, description: "Print the summary as JSON" },
} as const;

/** `gradeway region build` */
export const regionBuild = defineCommand({
  meta: {
    name: "gradeway region build",
    description: "Build a region from an OSM extract and elevation tiles",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    await refuseFile("out", given.out);
    const smoothingM = parseSmoothing(given["smoothing-m"]);
    const startedAtMs = performance.now();
    const osm = await openOsmFile(given.osm);
    const tiles =
      given.tiles === undefined
        ? undefined
        : await openTiles(
            given.tiles,
            terrainSettings(process.env, { hosts: given["tiles-host"] }),
            { attribution: given["tiles-attribution"], now: () => Date.now() },
          );
    const line = createProgressLine(process.stderr, () => performance.now());
    try {
      const report = await buildRegion({
        directory: given.out,
        name: given.name ?? basename(given.osm).replace(/(\.osm)?\.pbf$/, ""),
        osm: osm.source,
        osmInput: osm.input,
        strict: given.strict,
        ...(smoothingM === undefined ? {} : { smoothingM }),
        ...(tiles === undefined ? {} : { elevation: createElevationSampler(tiles.source) }),
        progress: (step, fraction) => line.update(progressText(step, fraction)),
      });
      line.clear();
      const seconds = (performance.now() - startedAtMs) / 1000;
      const peakRssMb = process.resourceUsage().maxRSS / 1024;
      if (given.json) console.log(JSON.stringify({ ...report, seconds, peakRssMb }, undefined, 2));
      else console.log(describeReport(report, seconds, peakRssMb));
    } finally {
      line.clear();
      await tiles?.close();
    }
  },
});

/** Before the import, which may take minutes. */
async function refuseFile(name: string, path: string): Promise<void> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") throw invalidArgument(name, `${path} lies below a file`);
    // A directory that does not exist is made; other problems show when it is written.
    return undefined;
  });
  if (info?.isDirectory() === false) throw invalidArgument(name, `${path} is not a directory`);
}

function parseSmoothing(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const smoothingM = parseNumber("smoothing-m", text);
  if (smoothingM >= 0 && smoothingM <= MAX_SMOOTHING_M) return smoothingM;
  throw invalidArgument("smoothing-m", `expected metres from 0 to ${MAX_SMOOTHING_M}, got ${text}`);
}

function progressText(step: BuildStep, fraction: number): string {
  const percent = step === "read" ? ` ${Math.round(100 * fraction)} %` : "";
  return `${STEP_TEXT[step]}${percent}`;
}

/** The summary of a build as text. */
export function describeReport(report: BuildReport, seconds: number, peakRssMb: number): string {
  const { summary } = report;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rows = [
    ["roads", `${report.roadWays} of ${report.highwayWays} highway ways`],
    ["nodes", String(summary.nodes)],
    ["edges", `${summary.edges}, ${summary.lengthKm.toFixed(0)} km`],
    ["turn bans", String(summary.turnBans)],
    [
      "components",
      `${summary.components}, the largest holds ${percent(summary.largestComponentShare)} of the nodes`,
    ],
    [
      "elevation",
      `${percent(report.coverageRatio)} of the road length, ${report.voids} of ${report.samples} samples void`,
    ],
    ["graph", `${(report.graphBytes / 1e6).toFixed(1)} MB, sha256 ${report.graphSha256}`],
    ["took", `${seconds.toFixed(1)} s, ${peakRssMb.toFixed(0)} MB peak memory`],
  ];
  if (report.missingTiles.length > 0) {
    const shown = report.missingTiles.slice(0, 8).join(" ");
    rows.splice(6, 0, ["missing tiles", `${report.missingTiles.length}: ${shown}`]);
  }
  const classes = Object.entries(summary.kmByClass).map(([name, km]) => [
    name,
    km.toFixed(1),
    summary.climbMPerKmByClass[name as keyof typeof summary.kmByClass]?.toFixed(1) ?? "-",
  ]);
  const classTable = textTable([["class", "km", "climb m/km"], ...classes], new Set([1, 2]));
  const warnings = report.warnings.map(
    (warning) =>
      `warning ${warning.code}: ${warning.message} ${JSON.stringify(warning.details ?? {})}`,
  );
  return [textTable(rows), "", classTable, ...(warnings.length > 0 ? ["", ...warnings] : [])].join(
    "\n",
  );
}
