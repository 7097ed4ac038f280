/**
 * The value of a matrix game by Shapley and Snow (1950): some square part of the matrix has an
 * equalising mixture of its rows that is optimal in the whole game. All parts are tried; what a
 * mixture yields against its worst column is never above the value, so the best of them is it.
 */
export function gameValueByParts(payoff: readonly (readonly number[])[]): number {
  const rows = [...payoff.keys()];
  const columns = [...payoff[0]!.keys()];
  let best = -Infinity;
  for (let size = 1; size <= Math.min(rows.length, columns.length); size++) {
    for (const someRows of choices(rows, size)) {
      for (const someColumns of choices(columns, size)) {
        const mixture = equalising(payoff, someRows, someColumns);
        if (mixture === undefined) continue;
        const yields = columns.map((column) =>
          someRows.reduce((sum, row, at) => sum + mixture[at]! * payoff[row]![column]!, 0),
        );
        best = Math.max(best, Math.min(...yields));
      }
    }
  }
  return best;
}

/** Weights >= 0 of the rows, adding up to 1, with which all the columns yield the same. */
function equalising(
  payoff: readonly (readonly number[])[],
  rows: readonly number[],
  columns: readonly number[],
): number[] | undefined {
  // Unknowns: the weights, then the common yield.
  const equations = columns.map((column) => [...rows.map((row) => payoff[row]![column]!), -1, 0]);
  equations.push([...rows.map(() => 1), 0, 1]);
  const solution = solve(equations);
  const weights = solution?.slice(0, rows.length);
  return weights?.every((weight) => weight >= -1e-12) ? weights : undefined;
}

/** Gaussian elimination with pivoting; undefined where there is no single solution. */
function solve(equations: number[][]): number[] | undefined {
  const size = equations.length;
  for (let column = 0; column < size; column++) {
    const size0 = (row: number): number => Math.abs(equations[row]![column]!);
    let pivot = column;
    for (let row = column + 1; row < size; row++) if (size0(row) > size0(pivot)) pivot = row;
    if (size0(pivot) < 1e-9) return undefined;
    [equations[column], equations[pivot]] = [equations[pivot]!, equations[column]!];
    const own = equations[column]!;
    for (const [row, other] of equations.entries()) {
      if (row === column) continue;
      const factor = other[column]! / own[column]!;
      for (let at = column; at <= size; at++) other[at]! -= factor * own[at]!;
    }
  }
  return equations.map((equation, row) => equation[size]! / equation[row]!);
}

function choices(items: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) =>
    choices(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]),
  );
}
