/**
 * Grades (rise over run) between which lengths are shared out, symmetric around 0; those of the
 * routing graph.
 */
export const DEFAULT_GRADE_NODES: readonly number[] = [
  -0.2, -0.16, -0.12, -0.1, -0.08, -0.06, -0.05, -0.04, -0.03, -0.025, -0.02, -0.015, -0.01, -0.005,
  0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2,
];

/** Shorter stretches have no grade of their own: elevation cannot tell one. */
export const MIN_GRADED_M = 8;

/**
 * Writes the grade of each segment, rise over run, between neighbouring points.
 *
 * Neighbouring segments shorter than `minGradedM` together share one grade, so that a metre between
 * two vertices makes no cliff; the rise over them is kept. A whole stretch of known heights that is
 * shorter is level. A segment with a void end is NaN.
 *
 * @param outRatio - receives one grade per segment, one fewer than there are points
 */
export function gradesOf(
  distanceM: Float64Array,
  heightM: Float64Array,
  outRatio: Float64Array,
  minGradedM: number = MIN_GRADED_M,
): void {
  // Written so that NaN fails.
  if (!(minGradedM > 0)) throw new RangeError("The shortest graded length must be positive.");
  const segments = distanceM.length - 1;
  let previous = -1;
  let point = 0;
  while (point < segments) {
    if (Number.isNaN(heightM[point + 1]! - heightM[point]!)) {
      outRatio[point] = Number.NaN;
      previous = -1;
      point++;
      continue;
    }
    const first = point;
    do point++;
    while (
      point < segments &&
      !Number.isNaN(heightM[point + 1]!) &&
      distanceM[point]! - distanceM[first]! < minGradedM
    );
    const isLong =
      distanceM[point]! > distanceM[first]! && distanceM[point]! - distanceM[first]! >= minGradedM;
    // A short rest goes to the group before it.
    const from = isLong || previous === -1 ? first : previous;
    const runM = distanceM[point]! - distanceM[from]!;
    const grade = isLong || previous !== -1 ? (heightM[point]! - heightM[from]!) / runM : 0;
    outRatio.fill(grade, from, point);
    previous = from;
  }
}

/**
 * Adds up the length per grade. The length of a segment is shared between the two nodes around its
 * grade so that its mean grade is kept; grades beyond the last node count as that node.
 *
 * @param gradeRatio - grade per segment, as {@link gradesOf} writes it
 * @param nodes - ascending grades, at least two
 * @returns metres per node, and in one more slot at the end the metres of unknown grade
 */
export function gradeHistogram(
  distanceM: Float64Array,
  gradeRatio: Float64Array,
  nodes: readonly number[] = DEFAULT_GRADE_NODES,
): Float64Array {
  const last = nodes.length - 1;
  if (last < 1 || nodes.some((node, index) => index > 0 && !(node > nodes[index - 1]!))) {
    throw new RangeError("The nodes of a histogram must be two or more ascending grades.");
  }
  const histogram = new Float64Array(nodes.length + 1);
  for (let segment = 0; segment + 1 < distanceM.length; segment++) {
    const runM = distanceM[segment + 1]! - distanceM[segment]!;
    const grade = gradeRatio[segment]!;
    if (Number.isNaN(grade)) {
      histogram[nodes.length]! += runM;
      continue;
    }
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (nodes[middle]! <= grade) low = middle;
      else high = middle;
    }
    const share = (grade - nodes[low]!) / (nodes[high]! - nodes[low]!);
    const upper = Math.min(1, Math.max(0, share));
    histogram[low]! += runM * (1 - upper);
    histogram[high]! += runM * upper;
  }
  return histogram;
}
