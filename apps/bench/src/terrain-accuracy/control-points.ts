import { readFile } from "node:fs/promises";

import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";

import { ArgumentError } from "../command-arguments.ts";
import { type Distribution, distributionOf } from "../distribution.ts";

/** Heights of the tiles against surveyed ones, in metres. */
export interface ControlPointMeasurement {
  readonly points: number;
  /** Points without a height in the tiles. */
  readonly voids: number;
  /** Absolute differences; a few surveyed heights are wrong, so only ranks mean anything. */
  readonly offM: Distribution;
  readonly offP90M: number;
  /** Median of the differences with their sign: tiles above or below the survey. */
  readonly biasM: number;
}

/**
 * Compares tiles of zoom 11 with a CSV file of surveyed heights that has the columns `lon`, `lat` and
 * `elevation_m`.
 *
 * @throws {ArgumentError} when the file is no such table
 */
export async function measureControlPoints(
  csvFile: string,
  tilesDirectory: string,
): Promise<ControlPointMeasurement> {
  const surveyed = await readControlPoints(csvFile);
  const lonLat = Float64Array.from(surveyed.flatMap(({ lon, lat }) => [lon, lat]));
  const heightM = new Float64Array(surveyed.length);
  await createElevationSampler(await openTileSource(tilesDirectory)).sample(lonLat, heightM);
  const differences = surveyed
    .map(({ elevationM }, point) => heightM[point]! - elevationM)
    .filter((metres) => !Number.isNaN(metres));
  const sorted = differences.map(Math.abs).toSorted((a, b) => a - b);
  return {
    points: surveyed.length,
    voids: surveyed.length - differences.length,
    offM: distributionOf(sorted),
    offP90M: sorted[Math.ceil(0.9 * sorted.length) - 1] ?? Number.NaN,
    biasM: distributionOf(differences).p50,
  };
}

/** A place with the height that was surveyed there. */
export interface SurveyedPoint {
  readonly lon: number;
  readonly lat: number;
  readonly elevationM: number;
}

/**
 * Reads surveyed heights: CSV with the columns `lon`, `lat` and `elevation_m`.
 *
 * @throws {ArgumentError} when the file is no such table
 */
export async function readControlPoints(csvFile: string): Promise<SurveyedPoint[]> {
  return parsePoints(await readFile(csvFile, "utf8"));
}

function parsePoints(csv: string): SurveyedPoint[] {
  const [head = "", ...rows] = csv.trim().split(/\r?\n/);
  const names = head.split(",");
  const columns = ["lon", "lat", "elevation_m"].map((name) => names.indexOf(name));
  const points = rows.map((row) => {
    const cells = row.split(",");
    const [lon, lat, elevationM] = columns.map((column) => Number(cells[column] ?? Number.NaN));
    return { lon: lon!, lat: lat!, elevationM: elevationM! };
  });
  if (
    points.length === 0 ||
    !points.every((point) => Object.values(point).every(Number.isFinite))
  ) {
    throw new ArgumentError(
      "the control points have no columns lon, lat and elevation_m of numbers",
    );
  }
  return points;
}
