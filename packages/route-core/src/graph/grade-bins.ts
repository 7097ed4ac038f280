/**
 * Grades (rise over run) at which costs are tabulated, symmetric around zero. The length of a piece
 * is shared between the two nodes around its grade so that its mean grade is kept. Costs of a grade
 * histogram are therefore additive in length: half a piece costs half, and splitting an edge changes
 * nothing. A mean grade per edge would be wrong, because fuel is convex in grade.
 */
export const GRADE_NODES: readonly number[] = [
  -0.2, -0.16, -0.12, -0.1, -0.08, -0.06, -0.05, -0.04, -0.03, -0.025, -0.02, -0.015, -0.01, -0.005,
  0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2,
];

/** Number of grade nodes. */
export const GRADE_COUNT = GRADE_NODES.length;

/** Index of the level grade. */
export const LEVEL_GRADE = (GRADE_COUNT - 1) / 2;

/** Bin of length whose grade is unknown. Mirrors to itself. */
export const VOID_BIN = 255;

/** Bin of the same length driven the other way. */
export function mirrorBin(bin: number): number {
  return bin === VOID_BIN ? VOID_BIN : GRADE_COUNT - 1 - bin;
}

/** A grade within the nodes: steeper ones count as the steepest. */
export function clampGrade(gradeRatio: number): number {
  return Math.min(GRADE_NODES[GRADE_COUNT - 1]!, Math.max(GRADE_NODES[0]!, gradeRatio));
}

/** Where a grade lies among the nodes: the node below and the share of the node above. */
export interface GradePosition {
  lower: number;
  upperShare: number;
}

/** Finds the position of a grade; grades steeper than the last node count as that node. */
export function locateGrade(gradeRatio: number, out: GradePosition): void {
  const last = GRADE_COUNT - 1;
  if (gradeRatio <= GRADE_NODES[0]!) {
    out.lower = 0;
    out.upperShare = 0;
    return;
  }
  if (gradeRatio >= GRADE_NODES[last]!) {
    out.lower = last - 1;
    out.upperShare = 1;
    return;
  }
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (GRADE_NODES[middle]! <= gradeRatio) low = middle;
    else high = middle;
  }
  const from = GRADE_NODES[low]!;
  out.lower = low;
  out.upperShare = (gradeRatio - from) / (GRADE_NODES[low + 1]! - from);
}

/** Node that is nearest to a grade. */
export function nearestGrade(gradeRatio: number): number {
  let low = 0;
  let high = GRADE_COUNT - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (GRADE_NODES[middle]! <= gradeRatio) low = middle;
    else high = middle;
  }
  return gradeRatio - GRADE_NODES[low]! <= GRADE_NODES[high]! - gradeRatio ? low : high;
}
