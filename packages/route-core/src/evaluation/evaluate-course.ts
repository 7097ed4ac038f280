import type { Consumption } from "../costing/arc-consumption.ts";
import type { CourseDriver } from "./course-driver.ts";
import { legsOfCourse } from "./course-legs.ts";
import { driveLegs } from "./drive-legs.ts";
import type { CourseProfile, RouteCourse } from "./route-course.ts";
import { stepsOfCourse } from "./steps-of-course.ts";

/** What a leg of a course takes. */
export type EvaluatedLeg = Pick<Consumption, "seconds" | "metres" | "voidMetres">;

/** What driving a course on a profile takes. */
export interface EvaluatedCourse {
  readonly consumption: Consumption;
  /** In driving order; they add up to the consumption. */
  readonly legs: readonly EvaluatedLeg[];
  /** Metres climbed and descended over the parts whose heights are known. */
  readonly ascentM: number;
  readonly descentM: number;
  /** See `Driven`. */
  readonly deepest: number;
}

/**
 * Drives a course on a profile with its speed carried along, each leg from rest to rest: the evaluation
 * tier. The length whose grade is unknown is in `voidMetres`.
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
  const legs = legsOfCourse(course, profile);
  const steps = legs.map((leg) => stepsOfCourse(leg.targets, leg.profile));
  const { seconds, energy, deepest, legSeconds } = driveLegs(steps, drive, headroomWh);
  const evaluated = legs.map((leg, index): EvaluatedLeg => ({
    seconds: legSeconds[index]!,
    metres: leg.targets.lengthM,
    voidMetres: voidMetresOf(leg.profile, leg.targets.lengthM),
  }));
  const voidMetres = evaluated.reduce((sum, leg) => sum + leg.voidMetres, 0);
  return {
    consumption: { ...searched, seconds, energy, metres: lengthM, voidMetres },
    legs: evaluated,
    ...climbOf(profile),
    deepest,
  };
}

function voidMetresOf({ distanceM, gradeRatio }: CourseProfile, lengthM: number): number {
  let voidMetres = 0;
  for (let segment = 0; segment < gradeRatio.length; segment++) {
    if (!Number.isNaN(gradeRatio[segment]!)) continue;
    const isLast = segment === gradeRatio.length - 1;
    const toM = isLast ? lengthM : Math.min(lengthM, distanceM[segment + 1]!);
    voidMetres += Math.max(0, toM - distanceM[segment]!);
  }
  return voidMetres;
}

function climbOf({ elevationM }: CourseProfile): Pick<EvaluatedCourse, "ascentM" | "descentM"> {
  let ascentM = 0;
  let descentM = 0;
  for (let at = 1; at < elevationM.length; at++) {
    const riseM = elevationM[at]! - elevationM[at - 1]!;
    if (riseM > 0) ascentM += riseM;
    else if (riseM < 0) descentM -= riseM;
  }
  return { ascentM, descentM };
}
