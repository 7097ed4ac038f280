import { existsSync } from "node:fs";
import path from "node:path";

import { ArgumentError } from "../command-arguments.ts";
import { type ControlPointMeasurement, measureControlPoints } from "./control-points.ts";
import {
  measureSmoothing,
  type SmoothingOptions,
  type SmoothingRun,
  type SmoothingSource,
} from "./measure-smoothing.ts";

/** Smoothing that the region build uses unless told otherwise. */
export const DEFAULT_LENGTH_M = 57;
/** Lengths of the sensitivity table: no rounds, and 1, 2, 4, 8, 16 and 32 of them. */
export const LENGTHS_M = [0, 28, 40, DEFAULT_LENGTH_M, 80, 113, 160] as const;

/** A finished benchmark. */
export interface AccuracyResult {
  readonly controlPoints: ControlPointMeasurement;
  readonly regions: readonly { readonly name: string; readonly runs: readonly SmoothingRun[] }[];
}

/** Files of the shared data that are needed. */
const FILES = {
  controlPoints: "control-points/andorra-saddles.csv",
  andorra: "andorra/andorra-2025-01-18.osm.pbf",
  andorraTiles: "andorra/geotiff",
  rheinNeckar: "rhein-neckar/rhein-neckar-2016-12-15.osm.pbf",
  rheinNeckarTiles: "rhein-neckar/geotiff",
} as const;

/** The region whose main roads are judged. */
export const JUDGED_REGION = "rhein-neckar";

/**
 * Measures heights against surveyed ones, and what smoothing does to climb, CO2e and time.
 *
 * @throws {ArgumentError} when the shared data are not there
 */
export async function runAccuracy(
  dataDir: string,
  options: SmoothingOptions,
): Promise<AccuracyResult> {
  const file = (name: keyof typeof FILES): string => path.join(dataDir, FILES[name]);
  for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
    if (!existsSync(file(name))) throw new ArgumentError(`--data: there is no ${file(name)}`);
  }
  const sources: SmoothingSource[] = [
    { name: "andorra", osm: file("andorra"), tiles: file("andorraTiles") },
    { name: JUDGED_REGION, osm: file("rheinNeckar"), tiles: file("rheinNeckarTiles") },
  ];
  const controlPoints = await measureControlPoints(file("controlPoints"), file("andorraTiles"));
  const regions: { name: string; runs: SmoothingRun[] }[] = [];
  for (const source of sources) {
    regions.push({ name: source.name, runs: await measureSmoothing(source, options) });
  }
  return { controlPoints, regions };
}
