import { textTable } from "@gradeway/quality-gates";

import { regionText } from "../benchmark-text.ts";
import type { AblationResult, FuelShares } from "./run-ablation.ts";

const HEAD = ["planned on", "best by", "regret mean %", "P95 %", "most %", "evaluated mean %"];
const MORE_HEAD = ["other routes", "overlap mean %", "below 95 %"];
const FUEL_HEAD = ["fuel due to grades", "all trips %", "mean of sizes %", "P95 %"];

/** A comparison as tables. */
export function ablationText(result: AblationResult): string {
  const { trips, pairs, smoothingM, fuel } = result;
  const rows = result.rows.map((row) => [
    row.terrain === "level" ? "level ground" : `${smoothingM.control.toFixed(0)} m smoothing`,
    row.objective,
    ...[row.mean, row.p95, row.most, row.evaluatedMean].map(percent),
    String(row.otherRoutes),
    percent(row.overlapMean),
    String(row.farOff),
  ]);
  const fuelRows = [fuelRow("search tier", fuel.searched), fuelRow("evaluation", fuel.evaluated)];
  const codes = Object.entries(result.withoutRoute).map(([code, count]) => `${count} ${code}`);
  return [
    regionText(result.region),
    `${trips} of ${pairs} trips (${codes.join(", ") || "each has a route"}), all driven on ` +
      `the heights of the region, smoothed with ${smoothingM.region.toFixed(0)} m`,
    tableOf([...HEAD, ...MORE_HEAD], rows),
    tableOf(FUEL_HEAD, fuelRows),
  ].join("\n\n");
}

function fuelRow(tier: string, { total, mean, p95 }: FuelShares): string[] {
  return [tier, ...[total, mean, p95].map(percent)];
}

function tableOf(head: readonly string[], rows: readonly string[][]): string {
  return textTable([[...head], ...rows], new Set([...head.keys()].slice(1)));
}

function percent(share: number): string {
  return (100 * share).toFixed(2);
}
