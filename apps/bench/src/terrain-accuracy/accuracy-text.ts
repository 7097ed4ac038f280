import { textTable } from "@gradeway/quality-gates";
import { ROAD_CLASSES } from "@gradeway/route-core";

import type { SmoothingRun } from "./measure-smoothing.ts";
import { type AccuracyResult, DEFAULT_LENGTH_M } from "./run-accuracy.ts";

/** Heights, climb and sensitivity, for a terminal. */
export function accuracyText({ controlPoints, regions }: AccuracyResult): string {
  const { points, voids, offM, offP90M, biasM } = controlPoints;
  const blocks = [
    textTable([
      ["surveyed heights", `${points}, ${voids} of them void in the tiles`],
      ["difference", `median ${offM.p50.toFixed(1)} m, 90th percentile ${offP90M.toFixed(1)} m`],
      [
        "",
        `tiles are ${biasM < 0 ? "below" : "above"} by ${Math.abs(biasM).toFixed(1)} m (median)`,
      ],
    ]),
  ];
  for (const { name, runs } of regions) {
    blocks.push(`${name}: climb in m/km by class and smoothing length`, climbText(runs));
    blocks.push(`${name}: best routes of the same trips`, sensitivityText(runs));
  }
  return blocks.join("\n\n");
}

function climbText(runs: readonly SmoothingRun[]): string {
  const classes = ROAD_CLASSES.filter((name) => runs[0]?.climbMPerKmByClass[name] !== undefined);
  const row = (name: string, climb: (run: SmoothingRun) => number): string[] => [
    name,
    ...runs.map((run) => climb(run).toFixed(1)),
  ];
  return textTable(
    [
      ["class", ...runs.map(({ smoothingM }) => `${smoothingM.toFixed(0)} m`)],
      row("motorway and trunk", (run) => run.mainRoadsMPerKm),
      ...classes.map((name) => row(name, (run) => run.climbMPerKmByClass[name] ?? Number.NaN)),
    ],
    new Set([...runs.keys()].map((column) => column + 1)),
  );
}

function sensitivityText(runs: readonly SmoothingRun[]): string {
  const usual = runs.find(({ askedM }) => askedM === DEFAULT_LENGTH_M);
  if (usual === undefined) return "";
  const change = (value: number, base: number): string => {
    const percent = (100 * value) / base - 100;
    return `${percent < 0 ? "" : "+"}${percent.toFixed(1)} %`;
  };
  const rows = runs.map((run) => [
    `${run.smoothingM.toFixed(0)} m`,
    change(run.co2eKg, usual.co2eKg),
    change(run.durationS, usual.durationS),
    ((1000 * run.ascentM) / run.distanceM).toFixed(2),
    `${run.routeIds.filter((id, trip) => id !== usual.routeIds[trip]).length} of ${run.trips}`,
  ]);
  return textTable(
    [["smoothing", "CO2e", "time", "climb m/km", "other route"], ...rows],
    new Set([0, 1, 2, 3, 4]),
  );
}
