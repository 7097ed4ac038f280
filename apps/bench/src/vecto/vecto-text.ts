import { textTable } from "@gradeway/quality-gates";

import type { CaseResult } from "./run-vecto.ts";
import { tierErrors, type TierName } from "./vecto-errors.ts";

const HEAD = [
  "vehicle",
  "load",
  "cycle",
  "profile",
  "VECTO L/100 km",
  "eval.",
  "error %",
  "search",
  "error %",
  "VECTO s",
  "eval. time error %",
  "search time error %",
];

/** Signed errors of every case. */
export function casesText(results: readonly CaseResult[]): string {
  const rows = results.map(({ vehicle, load, cycle, profile, simulated, evaluation, search }) => [
    vehicle,
    load,
    cycle,
    profile,
    simulated.fuelLPer100Km.toFixed(2),
    evaluation.fuelLPer100Km.toFixed(2),
    signed(evaluation.fuelErrorPercent),
    search.fuelLPer100Km.toFixed(2),
    signed(search.fuelErrorPercent),
    simulated.durationS.toFixed(0),
    signed(evaluation.timeErrorPercent),
    signed(search.timeErrorPercent),
  ]);
  return textTable([HEAD, ...rows], new Set([...HEAD.keys()].slice(4)));
}

/** Errors over all cases, and what an evaluation costs. */
export function summaryText(results: readonly CaseResult[]): string {
  const tiers: readonly TierName[] = ["evaluation", "search"];
  const rows = tiers.map((tier) => {
    const { fuelMean, fuelRms, fuelWorst, timeRms, timeWorst } = tierErrors(results, tier);
    const figures = [signed(fuelMean), ...[fuelRms, fuelWorst, timeRms, timeWorst].map(plain)];
    return [tier, ...figures];
  });
  const head = ["tier", "fuel mean %", "RMS %", "largest %", "time RMS %", "largest %"];
  const costs = results.map(({ evaluationMsPer100Km }) => evaluationMsPer100Km);
  return [
    textTable([head, ...rows], new Set([...head.keys()].slice(1))),
    `evaluating 100 km: ${Math.min(...costs).toFixed(2)} to ${Math.max(...costs).toFixed(2)} ms`,
  ].join("\n");
}

function signed(percent: number): string {
  return `${percent < 0 ? "" : "+"}${percent.toFixed(2)}`;
}

function plain(percent: number): string {
  return percent.toFixed(2);
}
