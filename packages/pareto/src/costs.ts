/** Costs of one alternative, one number per objective, lower is better. */
export type CostVector = readonly number[];

/** Many cost vectors in one array: vector i begins at `i * dimensions`. */
export interface FlatCosts {
  readonly dimensions: number;
  readonly values: Float64Array | Float32Array | Int32Array | Uint32Array;
}

/** A set of cost vectors, in either form; every function of this package takes both. */
export type Costs = readonly CostVector[] | FlatCosts;

/** The form in which the algorithms work: one kind of array, so that their loops stay fast. */
export interface CostTable {
  readonly count: number;
  readonly dimensions: number;
  readonly values: Float64Array;
}

/**
 * Checks a set and lays it out flat; flat Float64Arrays are taken as they are, not copied. A set
 * without vectors has no dimensions unless it says so.
 *
 * @throws {RangeError} for NaN or infinity, or vectors of different lengths or none
 */
export function tableOf(costs: Costs): CostTable {
  const table = "dimensions" in costs ? flatTable(costs) : vectorTable(costs);
  const { dimensions, values } = table;
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at]!)) continue;
    const vector = Math.floor(at / dimensions);
    throw new RangeError(`vector ${vector} holds a value that is not finite: ${values[at]}`);
  }
  return table;
}

/** @throws {RangeError} for tables of different dimensions; empty ones go with all */
export function requireSameDimensions(a: CostTable, b: CostTable): void {
  if (a.count > 0 && b.count > 0 && a.dimensions !== b.dimensions) {
    throw new RangeError(`vectors of ${a.dimensions} and of ${b.dimensions} objectives`);
  }
}

/** @throws {RangeError} for no vectors */
export function requireSome(table: CostTable): void {
  if (table.count === 0) throw new RangeError("there is no vector");
}

function flatTable({ dimensions, values }: FlatCosts): CostTable {
  if (!Number.isSafeInteger(dimensions) || dimensions < 1) {
    throw new RangeError(`${dimensions} is no number of objectives`);
  }
  if (values.length % dimensions !== 0) {
    throw new RangeError(`${values.length} values are no vectors of ${dimensions} objectives`);
  }
  const doubles = values instanceof Float64Array ? values : Float64Array.from(values);
  return { count: values.length / dimensions, dimensions, values: doubles };
}

function vectorTable(vectors: readonly CostVector[]): CostTable {
  const dimensions = vectors[0]?.length ?? 0;
  if (vectors.length > 0 && dimensions === 0) throw new RangeError("vector 0 has no objectives");
  const values = new Float64Array(vectors.length * dimensions);
  for (const [index, vector] of vectors.entries()) {
    if (vector.length !== dimensions) {
      const lengths = `${vector.length} objectives, vector 0 has ${dimensions}`;
      throw new RangeError(`vector ${index} has ${lengths}`);
    }
    values.set(vector, index * dimensions);
  }
  return { count: vectors.length, dimensions, values };
}
