import type { Consumption } from "../costing/arc-consumption.ts";
import type { CourseDriver } from "./course-driver.ts";
import type { CourseProfile, RouteCourse } from "./route-course.ts";
import { stepsOfCourse } from "./steps-of-course.ts";

/** What driving a course on a profile takes. */
export interface EvaluatedCourse {
  readonly consumption: Consumption;
  /** Metres climbed and descended over the parts whose heights are known. */
  readonly ascentM: number;
  readonly descentM: number;
  /** See `Driven`. */
  readonly deepest: number;
}

/**
 * Drives a course on a profile with its speed carried along: the evaluation tier. The length whose
 * grade is unknown is in `voidMetres`.
 *
 * @param headroomWh - what a battery takes back before it is full; default: all that comes
 */
export function evaluateCourse(
  course: RouteCourse,
  drive: CourseDriver,
  profile: CourseProfile,
  headroomWh = Infinity,
): EvaluatedCourse {
  const { lengthM, searched } = course;
  const { distanceM, elevationM, gradeRatio } = profile;
  let voidMetres = 0;
  let ascentM = 0;
  let descentM = 0;
  for (let segment = 0; segment < gradeRatio.length; segment++) {
    const riseM = elevationM[segment + 1]! - elevationM[segment]!;
    if (riseM > 0) ascentM += riseM;
    else if (riseM < 0) descentM -= riseM;
    if (!Number.isNaN(gradeRatio[segment]!)) continue;
    const isLast = segment === gradeRatio.length - 1;
    const toM = isLast ? lengthM : Math.min(lengthM, distanceM[segment + 1]!);
    voidMetres += Math.max(0, toM - distanceM[segment]!);
  }
  const { seconds, energy, deepest } = drive(stepsOfCourse(course, profile), headroomWh);
  const consumption = { ...searched, seconds, energy, metres: lengthM, voidMetres };
  return { consumption, ascentM, descentM, deepest };
}
