import { stopAt } from "../costing/junction-control.ts";
import { clampGrade } from "../graph/grade-bins.ts";
import { type CourseSteps, LONGEST_STEP_M } from "./course-steps.ts";
import type { CourseProfile, CourseTargets } from "./route-course.ts";

/**
 * Cuts a route into steps: at every point of its profile, where the target speed or the curve changes,
 * and at the controls it drives up to. Grades beyond 20 % count as 20 %, and unknown ones as level, as in the
 * search. The course decides how long the route is, so that lengths that differ by rounding do no
 * harm.
 */
export function stepsOfCourse(course: CourseTargets, profile: CourseProfile): CourseSteps {
  const { lengthM, stretchEndM, stretchKmh, stretchWind, stopAtM, stopKind } = course;
  const { curveEndM, curveRadiusM } = course;
  const { distanceM, gradeRatio } = profile;
  const columns = emptySteps(
    Math.ceil(lengthM / LONGEST_STEP_M) +
      gradeRatio.length +
      stretchEndM.length +
      curveEndM.length +
      stopAtM.length,
  );
  let steps = 0;
  let stretch = 0;
  let curve = 0;
  let stop = 0;
  let atM = 0;
  for (let segment = 0; segment < gradeRatio.length; segment++) {
    const isLast = segment === gradeRatio.length - 1;
    const segmentEndM = isLast ? lengthM : Math.min(lengthM, distanceM[segment + 1]!);
    const grade = gradeRatio[segment]!;
    const ratio = Number.isNaN(grade) ? 0 : clampGrade(grade);
    while (atM < segmentEndM) {
      while (stretch < stretchEndM.length - 1 && stretchEndM[stretch]! <= atM) stretch++;
      while (curve < curveEndM.length - 1 && curveEndM[curve]! <= atM) curve++;
      let endM = segmentEndM;
      if (curve < curveEndM.length - 1) endM = Math.min(endM, curveEndM[curve]!);
      if (stretch < stretchEndM.length - 1) endM = Math.min(endM, stretchEndM[stretch]!);
      if (stop < stopAtM.length && stopAtM[stop]! > atM) endM = Math.min(endM, stopAtM[stop]!);
      const count = Math.ceil((endM - atM) / LONGEST_STEP_M);
      const stepM = (endM - atM) / count;
      const limitMps = stretchKmh[stretch]! / 3.6;
      // Most often it is one step, for which `fill` takes far longer than this.
      for (const first = steps; steps < first + count; steps++) {
        columns.lengthM[steps] = stepM;
        columns.limitMps[steps] = limitMps;
        columns.radiusM[steps] = curveRadiusM[curve]!;
        columns.windClass[steps] = stretchWind[stretch]!;
        columns.gradeRatio[steps] = ratio;
      }
      atM = endM;
      for (; stop < stopAtM.length && stopAtM[stop]! <= atM; stop++) {
        addStop(columns, steps - 1, stopKind[stop]!);
      }
    }
  }
  // Rounding can put the last control behind the end.
  if (steps > 0) for (; stop < stopAtM.length; stop++) addStop(columns, steps - 1, stopKind[stop]!);
  return {
    lengthM: columns.lengthM.subarray(0, steps),
    limitMps: columns.limitMps.subarray(0, steps),
    gradeRatio: columns.gradeRatio.subarray(0, steps),
    radiusM: columns.radiusM.subarray(0, steps),
    windClass: columns.windClass.subarray(0, steps),
    stopChance: columns.stopChance.subarray(0, steps),
    stopWaitS: columns.stopWaitS.subarray(0, steps),
  };
}

/** Columns that hold at most so many steps. */
function emptySteps(most: number): CourseSteps {
  return {
    lengthM: new Float64Array(most),
    limitMps: new Float64Array(most),
    gradeRatio: new Float64Array(most),
    radiusM: new Float64Array(most),
    windClass: new Uint8Array(most),
    stopChance: new Float64Array(most),
    stopWaitS: new Float64Array(most),
  };
}

/** Controls at one place are one stop, as likely as the likelier; their mean waits add up. */
function addStop({ stopChance, stopWaitS }: CourseSteps, step: number, kind: number): void {
  const { chance, waitS } = stopAt(kind);
  const before = stopChance[step]!;
  const both = Math.max(before, chance);
  stopWaitS[step] = (before * stopWaitS[step]! + chance * waitS) / both;
  stopChance[step] = both;
}
