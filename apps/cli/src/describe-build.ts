import type { BuildReport, RegionBuildStep } from "@gradeway/model-assets";

import { turnsText } from "./turns-text.ts";
import { textTable } from "./text-table.ts";

const STEP_TEXT: Readonly<Record<RegionBuildStep, string>> = {
  read: "reading OpenStreetMap data",
  contract: "contracting the network",
  elevation: "sampling elevation",
  finish: "writing the graph",
  hierarchy: "building the hierarchy",
};

/** What a build is doing. */
export function buildStepText(step: RegionBuildStep, fraction: number): string {
  const percent = step === "read" ? ` ${Math.round(100 * fraction)} %` : "";
  return `${STEP_TEXT[step]}${percent}`;
}

/** The summary of a build as text. */
export function describeReport(report: BuildReport, seconds: number, peakRssMb: number): string {
  const { summary } = report;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rows = [
    [
      "region",
      `number ${report.sequence}${report.isUnchanged ? ", unchanged: nothing written" : ""}`,
    ],
    ...(report.reusedSteps.length > 0
      ? [["reused", `${report.reusedSteps.join(", ")}: finished before with the same inputs`]]
      : []),
    ["roads", `${report.roadWays} of ${report.highwayWays} highway ways`],
    ["nodes", String(summary.nodes)],
    ["edges", `${summary.edges}, ${summary.lengthKm.toFixed(0)} km`],
    ["turns", turnsText(summary)],
    [
      "components",
      `${summary.components}, the largest holds ${percent(summary.largestComponentShare)} of the nodes`,
    ],
    [
      "elevation",
      `${percent(report.coverageRatio)} of the road length, ${report.voids} of ${report.samples} samples void`,
    ],
    ...(report.missingTiles.length > 0 ? [["missing tiles", shortList(report.missingTiles)]] : []),
    ["graph", `${(report.graphBytes / 1e6).toFixed(1)} MB, sha256 ${report.graphSha256}`],
    [
      "hierarchy",
      `${(report.hierarchyBytes / 1e6).toFixed(1)} MB, ${report.hierarchyArcs} arcs, ` +
        `${(report.hierarchyArcs / summary.nodes).toFixed(2)} per node`,
    ],
    ["took", `${seconds.toFixed(1)} s, ${peakRssMb.toFixed(0)} MB peak memory`],
  ];
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

function shortList(tiles: readonly string[]): string {
  return `${tiles.length}: ${tiles.slice(0, 8).join(" ")}`;
}
