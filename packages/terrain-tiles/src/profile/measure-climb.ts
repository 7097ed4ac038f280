/** Metres climbed and descended; NaN when no two neighbouring heights are known. */
export interface Climb {
  readonly ascentM: number;
  readonly descentM: number;
}

/**
 * Default threshold in metres: above the rounding of whole-metre tiles, below any hill. Together
 * with the smoothing it makes a noisy flat road climb nothing.
 */
export const DEFAULT_CLIMB_THRESHOLD_M = 3;

/**
 * Adds up climbs and descents with hysteresis: a change of direction counts once the heights have
 * turned by the threshold, and then in full, from the lowest to the highest point. Smaller ripples
 * count as nothing. Each stretch of known heights is measured on its own; a void adds nothing.
 *
 * On a stretch the ascent minus the descent is the net climb, to within the ripples at its two ends,
 * each of which is smaller than the threshold.
 *
 * @param heightM - heights per point, void = NaN
 * @param thresholdM - 0 adds up every rise and fall
 */
export function measureClimb(
  heightM: Float64Array,
  thresholdM: number = DEFAULT_CLIMB_THRESHOLD_M,
): Climb {
  // Written so that NaN fails.
  if (!(thresholdM >= 0)) throw new RangeError("The threshold must be 0 or more metres.");
  let ascentM = 0;
  let descentM = 0;
  let isKnown = false;
  let direction = 0;
  /** Where the present climb or descent began; before the first one, the lowest point. */
  let fromM = Number.NaN;
  /** How far it has come; before the first one, the highest point. */
  let toM = Number.NaN;
  // One round more than there are points ends the last stretch.
  for (let point = 0; point <= heightM.length; point++) {
    const height = point < heightM.length ? heightM[point]! : Number.NaN;
    if (Number.isNaN(height)) {
      if (direction > 0) ascentM += toM - fromM;
      else if (direction < 0) descentM += fromM - toM;
      direction = 0;
      fromM = Number.NaN;
      continue;
    }
    if (Number.isNaN(fromM)) {
      fromM = height;
      toM = height;
      continue;
    }
    isKnown = true;
    if (direction === 0) {
      fromM = Math.min(fromM, height);
      toM = Math.max(toM, height);
      if (height > fromM && height - fromM >= thresholdM) {
        direction = 1;
        toM = height;
      } else if (height < toM && toM - height >= thresholdM) {
        direction = -1;
        fromM = toM;
        toM = height;
      }
    } else if (direction > 0) {
      if (height >= toM) toM = height;
      else if (toM - height >= thresholdM) {
        ascentM += toM - fromM;
        direction = -1;
        fromM = toM;
        toM = height;
      }
    } else if (height <= toM) toM = height;
    else if (height - toM >= thresholdM) {
      descentM += fromM - toM;
      direction = 1;
      fromM = toM;
      toM = height;
    }
  }
  return isKnown ? { ascentM, descentM } : { ascentM: Number.NaN, descentM: Number.NaN };
}
