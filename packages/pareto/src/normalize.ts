import { type Costs, type CostTable, requireSome, tableOf } from "./costs.ts";

/** Best and worst value of every objective over a set. */
export interface Extent {
  readonly ideal: readonly number[];
  readonly nadir: readonly number[];
}

/**
 * Best and worst value per objective. Of a front these are its ideal and its nadir point.
 *
 * @throws {RangeError} for an empty set, NaN or infinity, or vectors of different lengths
 */
export function extentOf(costs: Costs): Extent {
  const table = tableOf(costs);
  requireSome(table);
  const { dimensions, values } = table;
  const ideal = [...values.subarray(0, dimensions)];
  const nadir = [...ideal];
  for (let at = dimensions; at < values.length; at += dimensions) {
    for (let k = 0; k < dimensions; k++) {
      const value = values[at + k]!;
      if (value < ideal[k]!) ideal[k] = value;
      if (value > nadir[k]!) nadir[k] = value;
    }
  }
  return { ideal, nadir };
}

/**
 * Scales vectors so that ideal is 0 and nadir is 1; an objective without spread becomes 0.
 *
 * @throws {RangeError} for NaN or infinity, or vectors of different lengths; for an empty set unless
 *   an extent is given
 */
export function normalize(costs: Costs, extent = extentOf(costs)): number[][] {
  const { count, dimensions, values } = normalizeTable(tableOf(costs), extent);
  return Array.from({ length: count }, (_, index) => [
    ...values.subarray(index * dimensions, (index + 1) * dimensions),
  ]);
}

/** The same for a table; values beyond the extent leave the unit scale. */
export function normalizeTable(table: CostTable, extent: Extent): CostTable {
  const { dimensions, count } = table;
  const values = table.values.map((value, at) => scaled(value, at % dimensions, extent));
  return { count, dimensions, values };
}

function scaled(value: number, k: number, { ideal, nadir }: Extent): number {
  const range = nadir[k]! - ideal[k]!;
  return range > 0 ? (value - ideal[k]!) / range : 0;
}
