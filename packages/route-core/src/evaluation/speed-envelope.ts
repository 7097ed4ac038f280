import type { CourseSteps } from "./course-steps.ts";
import { curveSpeedMps } from "./curve-speed.ts";
import { driverBrakingMps2 } from "./driver-curves.ts";
import { type DriveTables, speedOnGrade } from "./drive-tables.ts";

/**
 * Backward pass: the speed at every border between steps from which the driver can still brake for
 * all that lies ahead, m/s. The limits of law, curve and safe descent are in it, those of power are
 * not. A trip begins and ends at rest.
 *
 * @param sideways - see `sidewaysMps2`
 * @param isStop - 1 for each step at whose end the drive stops
 * @param out - one row more than there are steps; filled
 */
export function fillSpeedEnvelope(
  steps: CourseSteps,
  tables: DriveTables,
  sideways: number,
  isStop: Uint8Array,
  out: Float64Array,
): void {
  const { lengthM, limitMps, gradeRatio, radiusM } = steps;
  const count = lengthM.length;
  let aheadMps = 0;
  out[count] = 0;
  for (let step = count - 1; step >= 0; step--) {
    const stepMps = Math.min(
      limitMps[step]!,
      curveSpeedMps(radiusM[step]!, sideways),
      speedOnGrade(tables.holdingMps, gradeRatio[step]!),
    );
    aheadMps = Math.min(aheadMps, stepMps);
    out[step + 1] = aheadMps;
    const isStart = step === 0 || isStop[step - 1] === 1;
    const square = aheadMps * aheadMps + 2 * driverBrakingMps2(aheadMps) * lengthM[step]!;
    aheadMps = isStart ? 0 : Math.min(stepMps, Math.sqrt(square));
    out[step] = aheadMps;
  }
}
