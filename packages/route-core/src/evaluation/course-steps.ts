/** Longest step of the evaluation tier, m. */
export const LONGEST_STEP_M = 25;

/** A course cut into short steps of one speed limit and one grade each, as columns in driving order. */
export interface CourseSteps {
  readonly lengthM: Float64Array;
  /** What law and traffic allow, m/s; not what curves, power and brakes do. */
  readonly limitMps: Float64Array;
  /** Rise over run. */
  readonly gradeRatio: Float64Array;
  /** Radius of the curve, m; infinite where the road is straight. */
  readonly radiusM: Float64Array;
  /** Class of the wind; 0 where no wind is told. */
  readonly windClass: Uint8Array;
  /** Chance of a stop at the end of each step; 0: none can be there. */
  readonly stopChance: Float64Array;
  /** Wait of that stop in s. */
  readonly stopWaitS: Float64Array;
}

/** A part of a course with one speed limit, one grade and one curve. */
export interface CoursePiece {
  readonly lengthM: number;
  readonly limitMps: number;
  readonly gradeRatio: number;
  /** Straight unless given. */
  readonly radiusM?: number;
  /** Class of the wind (see costing/wind.ts); 0 unless given. */
  readonly windClass?: number;
  /** A stop at the end of the piece. */
  readonly stop?: { readonly chance: number; readonly waitS: number };
}

/**
 * Cuts pieces into equal steps of at most 25 m.
 *
 * @param pieces - in driving order, all longer than nothing
 */
export function layCourseSteps(pieces: readonly CoursePiece[]): CourseSteps {
  const counts = pieces.map(({ lengthM }) => Math.ceil(lengthM / LONGEST_STEP_M));
  const steps = counts.reduce((sum, count) => sum + count, 0);
  const lengthM = new Float64Array(steps);
  const limitMps = new Float64Array(steps);
  const gradeRatio = new Float64Array(steps);
  const radiusM = new Float64Array(steps);
  const windClass = new Uint8Array(steps);
  const stopChance = new Float64Array(steps);
  const stopWaitS = new Float64Array(steps);
  let end = 0;
  for (const [index, piece] of pieces.entries()) {
    const start = end;
    end += counts[index]!;
    lengthM.fill(piece.lengthM / counts[index]!, start, end);
    limitMps.fill(piece.limitMps, start, end);
    gradeRatio.fill(piece.gradeRatio, start, end);
    radiusM.fill(piece.radiusM ?? Infinity, start, end);
    windClass.fill(piece.windClass ?? 0, start, end);
    stopChance[end - 1] = piece.stop?.chance ?? 0;
    stopWaitS[end - 1] = piece.stop?.waitS ?? 0;
  }
  return { lengthM, limitMps, gradeRatio, radiusM, windClass, stopChance, stopWaitS };
}
