import type { Consumption } from "../costing/arc-consumption.ts";
import { controlCost } from "../costing/junction-control.ts";
import { fuelFlowGPerS, type LoadedVehicle } from "../costing/longitudinal.ts";
import { steadySpeedKmh } from "../costing/speed-on-grade.ts";
import { clampGrade } from "../graph/grade-bins.ts";
import type { CourseProfile, RouteCourse } from "./route-course.ts";

/** What driving a course on a profile takes. */
export interface EvaluatedCourse {
  readonly consumption: Consumption;
  /** Metres climbed and descended over the parts whose heights are known. */
  readonly ascentM: number;
  readonly descentM: number;
}

/**
 * Drives a course on a profile with the formulas of the search tier, on the grades themselves: no
 * table of speeds and grades stands between. Every piece is driven at its steady speed. Grades
 * beyond 20 % count as 20 %, and unknown ones as level, as in the search; the unknown length is in
 * `voidMetres`. The course decides how long the route is, so that lengths that differ by rounding do
 * no harm.
 */
export function evaluateCourse(
  course: RouteCourse,
  loaded: LoadedVehicle,
  profile: CourseProfile,
): EvaluatedCourse {
  const { lengthM, stretchEndM, stretchKmh, searched } = course;
  const { distanceM, elevationM, gradeRatio } = profile;
  const segments = gradeRatio.length;
  const lastStretch = stretchEndM.length - 1;
  let seconds = 0;
  let grams = 0;
  let voidMetres = 0;
  let ascentM = 0;
  let descentM = 0;
  let stretch = 0;
  let atM = 0;
  for (let segment = 0; segment < segments; segment++) {
    const riseM = elevationM[segment + 1]! - elevationM[segment]!;
    if (riseM > 0) ascentM += riseM;
    else if (riseM < 0) descentM -= riseM;
    const isLast = segment === segments - 1;
    const toM = isLast ? lengthM : Math.min(lengthM, distanceM[segment + 1]!);
    const isVoid = Number.isNaN(gradeRatio[segment]!);
    const grade = isVoid ? 0 : clampGrade(gradeRatio[segment]!);
    while (atM < toM) {
      while (stretch < lastStretch && stretchEndM[stretch]! <= atM) stretch++;
      const endM = stretch < lastStretch ? Math.min(toM, stretchEndM[stretch]!) : toM;
      const speedMps = steadySpeedKmh(loaded, stretchKmh[stretch]!, grade) / 3.6;
      const pieceS = (endM - atM) / speedMps;
      seconds += pieceS;
      grams += pieceS * fuelFlowGPerS(loaded, speedMps, grade);
      if (isVoid) voidMetres += endM - atM;
      atM = endM;
    }
  }
  for (let stop = 0; stop < course.stopAtM.length; stop++) {
    const cost = controlCost(loaded, course.stopKind[stop]!, course.stopKmh[stop]!);
    seconds += cost.seconds;
    grams += cost.grams;
  }
  const consumption = { ...searched, seconds, grams, metres: lengthM, voidMetres };
  return { consumption, ascentM, descentM };
}
