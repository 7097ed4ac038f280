import type { LoadedVehicle } from "../costing/longitudinal.ts";
import type { CourseSteps } from "./course-steps.ts";
import { createDriveScratch, type Driven, driveSteps } from "./drive-steps.ts";
import { buildDriveTables } from "./drive-tables.ts";

/** Drives a course from rest to rest. */
export type CourseDriver = (steps: CourseSteps) => Driven;

/**
 * Drives courses with a loaded vehicle: the evaluation tier. A course is driven once for each
 * distinct chance of its stops, with all stops of at least that chance made, and the drives are
 * weighted so that every stop counts with its own chance. The deepest draw is that of the worst drive.
 *
 * @param headroom - what a battery takes back before it is full, Wh; 0 = it is full
 */
export function createCourseDriver(loaded: LoadedVehicle, headroom = 0): CourseDriver {
  const tables = buildDriveTables(loaded);
  return (steps) => {
    const scratch = createDriveScratch(steps);
    const chances = [...new Set(steps.stopChance)].filter((chance) => chance > 0);
    // From rare to certain; a drive that makes no stop at all has what is left of the weight.
    chances.sort((a, b) => a - b);
    chances.push(Infinity);
    let seconds = 0;
    let energy = 0;
    let deepest = 0;
    let counted = 0;
    for (const chance of chances) {
      const weight = Math.min(1, chance) - counted;
      if (weight <= 0) continue;
      const driven = driveSteps(loaded, tables, steps, chance, headroom, scratch);
      seconds += weight * driven.seconds;
      energy += weight * driven.energy;
      deepest = Math.max(deepest, driven.deepest);
      counted += weight;
    }
    return { seconds, energy, deepest };
  };
}
