/** Reduced costs within this of zero count as zero: payoffs are between 1 and 2. */
const TOLERANCE = 1e-12;

/**
 * The value of a zero-sum game: the most that the row player, who mixes rows, can be sure of on
 * average against any column. By the simplex method on the column player's program, with Bland's
 * rule, so that ties cannot make it go in circles.
 *
 * @param payoff - what the row player gets, row by row
 */
export function gameValue(payoff: Float64Array, rows: number, columns: number): number {
  let least = Infinity;
  let most = -Infinity;
  for (const value of payoff) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most === least) return least;
  // On a scale of 1 to 2 the value is positive: maximise the sum of y >= 0 with payoff * y <= 1; its
  // reciprocal is the value. Slack variables are the first basis, and also feasible.
  const width = columns + rows + 1;
  const tableau = new Float64Array((rows + 1) * width);
  const basis = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = payoff[row * columns + column]!;
      tableau[row * width + column] = 1 + (value - least) / (most - least);
    }
    tableau[row * width + columns + row] = 1;
    tableau[row * width + width - 1] = 1;
    basis[row] = columns + row;
  }
  const goal = rows * width;
  tableau.fill(-1, goal, goal + columns);
  for (;;) {
    let entering = 0;
    while (entering < width - 1 && tableau[goal + entering]! >= -TOLERANCE) entering++;
    if (entering === width - 1) break;
    const leaving = leavingRow(tableau, basis, rows, width, entering);
    if (leaving < 0) break;
    pivot(tableau, rows, width, leaving, entering);
    basis[leaving] = entering;
  }
  const scaledValue = 1 / tableau[goal + width - 1]!;
  return least + (scaledValue - 1) * (most - least);
}

/** The row with the least ratio, of equal ones that of the lowest variable. */
function leavingRow(
  tableau: Float64Array,
  basis: Int32Array,
  rows: number,
  width: number,
  entering: number,
): number {
  let leaving = -1;
  let leastRatio = Infinity;
  for (let row = 0; row < rows; row++) {
    const coefficient = tableau[row * width + entering]!;
    if (coefficient <= TOLERANCE) continue;
    const ratio = tableau[row * width + width - 1]! / coefficient;
    const isTie = ratio === leastRatio && basis[row]! < basis[leaving]!;
    if (ratio >= leastRatio && !isTie) continue;
    leaving = row;
    leastRatio = ratio;
  }
  return leaving;
}

function pivot(
  tableau: Float64Array,
  rows: number,
  width: number,
  pivotRow: number,
  pivotColumn: number,
): void {
  const from = pivotRow * width;
  const divisor = tableau[from + pivotColumn]!;
  for (let column = 0; column < width; column++) tableau[from + column]! /= divisor;
  for (let row = 0; row <= rows; row++) {
    const factor = tableau[row * width + pivotColumn]!;
    if (row === pivotRow || factor === 0) continue;
    for (let column = 0; column < width; column++) {
      tableau[row * width + column]! -= factor * tableau[from + column]!;
    }
  }
}
