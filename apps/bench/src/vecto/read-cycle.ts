import path from "node:path";

import type { CoursePiece } from "@gradeway/route-core";

import { ArgumentError } from "../command-arguments.ts";
import { readCsv } from "../csv-rows.ts";

/** A cycle as a course: target speeds and grades by distance, and stops. */
export interface Cycle {
  readonly pieces: readonly CoursePiece[];
  readonly lengthM: number;
  /** Standing before the first metre, s. */
  readonly startWaitS: number;
}

/**
 * Reads a cycle with the columns `end_m`, `target_kmh`, `grade_pct` and `stop_s`; a row with a stop
 * has no length of its own.
 *
 * @throws {ArgumentError} a column is missing, distances fall, or a road has no target speed
 */
export async function readCycle(directory: string, name: string): Promise<Cycle> {
  const file = path.join(directory, `${name}.csv`);
  const pieces: CoursePiece[] = [];
  let startWaitS = 0;
  let atM = 0;
  for (const row of await readCsv(file)) {
    const endM = row.number("end_m", atM);
    const targetKmh = row.number("target_kmh", 0);
    const waitS = row.number("stop_s", 0);
    if (endM > atM && targetKmh === 0) {
      throw new ArgumentError(`${file}: no target speed before ${endM} m`);
    }
    if (endM > atM) {
      const gradeRatio = row.number("grade_pct", -50) / 100;
      pieces.push({ lengthM: endM - atM, limitMps: targetKmh / 3.6, gradeRatio });
    }
    atM = endM;
    if (waitS === 0) continue;
    const before = pieces.pop();
    if (before === undefined) startWaitS += waitS;
    else pieces.push(withStop(before, waitS));
  }
  if (pieces.length === 0) throw new ArgumentError(`${file} has no length`);
  return { pieces, lengthM: atM, startWaitS };
}

function withStop(piece: CoursePiece, waitS: number): CoursePiece {
  return { ...piece, stop: { chance: 1, waitS: (piece.stop?.waitS ?? 0) + waitS } };
}
