/** Steeper than any public road: no road climbs and falls like this within one sample. */
export const DEFAULT_SPIKE_GRADE_RATIO = 0.35;

/** Points closer together than this are one sample: elevation does not tell them apart. */
const SAME_SAMPLE_M = 8;

/**
 * Takes out single-sample spikes: a sample that rises from the one before and falls to the one
 * after, or the other way round, by more than a grade in each direction. It is replaced by the
 * straight line between the samples around it. Points within a few metres, such as the vertices of
 * a curve, count as one sample.
 *
 * The ends of each stretch of known heights stay as they are, so the net climb does. All spikes are
 * found before the first is replaced; the result is the same in both directions of the line. Voids
 * stay void, and a sample beside a void is not judged.
 *
 * @param heightM - heights per point, void = NaN
 * @param outM - receives the heights; not in the memory of `heightM`
 * @param maxGradeRatio - rise over run, for example 0.35
 * @returns how many points were replaced
 */
export function removeSpikes(
  distanceM: Float64Array,
  heightM: Float64Array,
  outM: Float64Array,
  maxGradeRatio: number = DEFAULT_SPIKE_GRADE_RATIO,
): number {
  // Written so that NaN fails.
  if (!(maxGradeRatio > 0)) throw new RangeError("The grade limit must be greater than 0.");
  const count = distanceM.length;
  const isSpike = new Uint8Array(count);
  let spikeEnd = 0;
  for (let first = 1; first < count - 1; first++) {
    const up = steepness(distanceM, heightM, first - 1, maxGradeRatio);
    const reachM = up === 0 ? -1 : SAME_SAMPLE_M;
    for (
      let last = first;
      last < count - 1 && distanceM[last]! - distanceM[first]! <= reachM;
      last++
    ) {
      if (Number.isNaN(heightM[last + 1]!)) break;
      if (steepness(distanceM, heightM, last, maxGradeRatio) === -up) {
        spikeEnd = Math.max(spikeEnd, last);
      }
    }
    if (first <= spikeEnd) isSpike[first] = 1;
  }
  outM.set(heightM.subarray(0, count));
  let replaced = 0;
  for (let point = 0; point < count; point++) {
    if (isSpike[point] === 0) continue;
    const before = point - 1;
    while (isSpike[point] === 1) point++;
    const runM = distanceM[point]! - distanceM[before]!;
    for (let inner = before + 1; inner < point; inner++) {
      const share = (distanceM[inner]! - distanceM[before]!) / runM;
      outM[inner] = heightM[before]! + (heightM[point]! - heightM[before]!) * share;
      replaced++;
    }
  }
  return replaced;
}

/** 1 or -1 when the segment behind a point rises or falls above the limit, else 0; 0 at a void. */
function steepness(
  distanceM: Float64Array,
  heightM: Float64Array,
  point: number,
  maxGradeRatio: number,
): number {
  const riseM = heightM[point + 1]! - heightM[point]!;
  const limitM = maxGradeRatio * (distanceM[point + 1]! - distanceM[point]!);
  return riseM > limitM ? 1 : riseM < -limitM ? -1 : 0;
}
