import type { CourseDriver } from "./course-driver.ts";
import type { CourseSteps } from "./course-steps.ts";
import type { Driven } from "./drive-steps.ts";

/** What driving a trip takes, leg by leg. */
export interface DrivenLegs extends Driven {
  readonly legSeconds: readonly number[];
}

/**
 * Drives legs one after the other, each from rest to rest.
 *
 * @param headroom - what a battery takes back before it is full, when the first one begins, Wh
 */
export function driveLegs(
  legs: Iterable<CourseSteps>,
  drive: CourseDriver,
  headroom: number,
): DrivenLegs {
  let seconds = 0;
  let energy = 0;
  let deepest = 0;
  const legSeconds: number[] = [];
  for (const steps of legs) {
    // What was drawn before has made room.
    const driven = drive(steps, headroom + energy);
    legSeconds.push(driven.seconds);
    seconds += driven.seconds;
    deepest = Math.max(deepest, energy + driven.deepest);
    energy += driven.energy;
  }
  return { seconds, energy, deepest, legSeconds };
}
