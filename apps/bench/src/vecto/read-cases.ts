import type { DragBand } from "@gradeway/route-core";

import { ArgumentError } from "../command-arguments.ts";
import { type CsvRow, readCsv } from "../csv-rows.ts";

/** A run of the EU's truck simulator: what it was given and what it found. */
export interface VectoCase {
  readonly vehicle: string;
  readonly load: string;
  /** Name of the cycle's file, without its end. */
  readonly cycle: string;
  readonly massKg: number;
  readonly rollingResistance: number;
  readonly dragBands: readonly DragBand[];
  readonly auxiliaryKw: number;
  readonly engineKw: number;
  readonly idleGPerH: number;
  readonly distanceM: number;
  readonly durationS: number;
  readonly fuelLPer100Km: number;
}

/** Columns of the drag areas; each holds up to this speed, the last also above. */
const BANDS: readonly (readonly [column: string, upToKmh: number])[] = [
  ["cda_m2_20_60", 60],
  ["cda_m2_60_75", 75],
  ["cda_m2_75_85", 85],
  ["cda_m2_85_95", 95],
];

/**
 * Reads a file of cases.
 *
 * @throws {ArgumentError} a column is missing or its value impossible
 */
export async function readCases(file: string): Promise<VectoCase[]> {
  const rows = await readCsv(file);
  return rows.map((row) => {
    const { text, number } = row;
    const cycle = text("cycle");
    if (!/^[\w-]+$/.test(cycle)) throw new ArgumentError(`${file}: ${cycle} is no name of a cycle`);
    return {
      vehicle: text("vehicle"),
      load: text("load"),
      cycle,
      massKg: number("mass_kg", 500),
      rollingResistance: number("crr", 0.001),
      dragBands: dragBandsOf(row),
      auxiliaryKw: number("aux_kw", 0),
      engineKw: number("engine_max_kw", 10),
      idleGPerH: number("idle_g_per_h", 0),
      distanceM: number("distance_km", 0.1) * 1000,
      durationS: number("duration_s", 1),
      fuelLPer100Km: number("fuel_l_per_100km", 0.1),
    };
  });
}

/** Bands that a run never drove in have no value: those beside them hold there. */
function dragBandsOf({ has, number }: CsvRow): DragBand[] {
  const measured = BANDS.filter(([column]) => has(column));
  // None at all is the first column's fault.
  return (measured.length > 0 ? measured : BANDS).map(([column, upToKmh]) => ({
    upToKmh,
    dragAreaM2: number(column, 0.1),
  }));
}
