import { readFile } from "node:fs/promises";
import path from "node:path";

import { type AbsentGate, budgetGate, type GateList } from "@gradeway/quality-gates";

import { jsonText, writeDocument } from "../write-report.ts";
import type { RatioMeasurement } from "./measure-ratios.ts";

/** Times the baseline at which a search counts as slower. */
const MOST_TIMES_BASELINE = 1.75;
/** Trips without which a series says nothing. */
const LEAST_TRIPS = 20;
const FOLDER = path.resolve(import.meta.dirname, "../../baselines");

/**
 * A committed measurement, in multiples of the calibration kernel; it holds for every machine, and for
 * every build of a region that leaves its roads, and so the trips, where they were.
 */
export interface Baseline extends Pick<RatioMeasurement, "tripsSha256" | "series"> {
  readonly region: string;
  readonly seed: number;
  readonly pairs: number;
  /** Where it was measured, for readers. */
  readonly commit: string | null;
}

/** Where the baseline of a region is kept. */
export function baselineFile(region: string): string {
  const name = region
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return path.join(FOLDER, `${name}.json`);
}

/** The baseline of a region, or undefined where none was committed. */
export async function readBaseline(region: string): Promise<Baseline | undefined> {
  const text = await readFile(baselineFile(region), "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Baseline);
}

/** Writes a baseline; only `bench baseline --update` calls this. */
export async function writeBaseline(baseline: Baseline): Promise<string> {
  const file = baselineFile(baseline.region);
  const series = baseline.series.map(({ operation, ratios }) => ({
    operation,
    ratios: ratios.map((ratio) => Number(ratio.toPrecision(4))),
  }));
  await writeDocument(file, jsonText({ ...baseline, series }));
  return file;
}

/** One gate per operation: the sum over all trips must not be much more than the baseline's. */
export function regressionGates(
  measured: RatioMeasurement,
  baseline: Baseline | undefined,
): GateList {
  if (baseline === undefined) return { gates: [], absent: [withoutBaseline] };
  if (baseline.tripsSha256 !== measured.tripsSha256) return { gates: [], absent: [otherTrips] };
  const gates = measured.series.map(({ operation, ratios }) =>
    budgetGate({
      id: `regression-${operation}`,
      subsystem: "regression",
      title: `${operation} beside its baseline`,
      rationale:
        "Processor time of the same trips, as multiples of a kernel that never changes and runs in " +
        `between, may be at most ${MOST_TIMES_BASELINE} times what was committed. The ratio takes the ` +
        "machine out; what is left of its noise is well below the limit.",
      budget: MOST_TIMES_BASELINE,
      unit: "times the baseline",
      measure: async () => {
        const before = baseline.series.find((series) => series.operation === operation)?.ratios;
        if (before === undefined) throw new RangeError(`the baseline has no ${operation}`);
        if (ratios.length < LEAST_TRIPS) throw new RangeError(`${ratios.length} trips are too few`);
        const observed = meanOf(ratios) / meanOf(before);
        const facts = { kernels: meanOf(ratios), baseline: meanOf(before), trips: ratios.length };
        return { observed, facts: { ...facts, kernelMs: measured.kernelMs } };
      },
    }),
  );
  return { gates, absent: [] };
}

const withoutBaseline: AbsentGate = {
  id: "regression",
  subsystem: "regression",
  title: "times beside their baseline",
  status: "no_reference",
  reason: "No baseline of this region is committed (bench baseline --update).",
};

const otherTrips: AbsentGate = {
  ...withoutBaseline,
  reason:
    "The committed baseline is of other trips: the roads of this region are not those that it was " +
    "measured on (bench baseline --update).",
};

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
