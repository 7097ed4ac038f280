import { type Costs, type CostTable, type CostVector, tableOf } from "./costs.ts";
import { indicesOf, sortByColumn } from "./order.ts";
import { createRankSet } from "./rank-set.ts";

/**
 * The hypervolume of a set: how much of the space below `reference` is weakly dominated by one of
 * its vectors. Vectors that are not better than the reference in every objective add nothing, nor do
 * dominated ones; the empty set has 0. Exact but for rounding: a sweep in O(n log n) up to three
 * objectives, slices of one objective less beyond (O(n^(k-2) log n)).
 *
 * @throws {RangeError} for NaN or infinity, or vectors and a reference of different lengths
 */
export function hypervolume(costs: Costs, reference: CostVector): number {
  const table = tableOf(costs);
  if (table.count > 0 && reference.length !== table.dimensions) {
    throw new RangeError(`a reference of ${reference.length} objectives, not ${table.dimensions}`);
  }
  if (!reference.every(Number.isFinite)) throw new RangeError("a reference that is not finite");
  return volume(inside(table, reference), reference);
}

/** The vectors that are better than the reference in every objective. */
function inside({ count, dimensions, values }: CostTable, reference: CostVector): CostTable {
  const kept = new Float64Array(values.length);
  let end = 0;
  for (let index = 0; index < count; index++) {
    let k = 0;
    while (k < dimensions && values[index * dimensions + k]! < reference[k]!) k++;
    if (k < dimensions) continue;
    for (k = 0; k < dimensions; k++) kept[end++] = values[index * dimensions + k]!;
  }
  return { count: end / dimensions || 0, dimensions, values: kept.subarray(0, end) };
}

function volume(table: CostTable, reference: CostVector): number {
  if (table.count === 0) return 0;
  switch (table.dimensions) {
    case 1:
      return reference[0]! - table.values.reduce((least, value) => Math.min(least, value));
    case 2:
      return area(table, reference);
    case 3:
      return sweptVolume(table, reference);
    default:
      return slicedVolume(table, reference);
  }
}

/** By rising first cost: each vector adds a strip as high as its second cost is lower. */
function area(table: CostTable, [referenceX, referenceY]: CostVector): number {
  const { values } = table;
  let sum = 0;
  let height = referenceY!;
  for (const index of sortByColumn(table, 0, indicesOf(table))) {
    const y = values[2 * index + 1]!;
    if (y >= height) continue;
    sum += (referenceX! - values[2 * index]!) * (height - y);
    height = y;
  }
  return sum;
}

/**
 * By rising third cost (Beume, Fonseca, Lopez-Ibanez, Paquete, Vahrenhold, IEEE Trans. Evol. Comp.
 * 13 (2009)): a staircase of the first two costs grows, and between two vectors the volume does so
 * by its area. Steps are kept by their place among all first costs.
 */
function sweptVolume(table: CostTable, [referenceX, referenceY, referenceZ]: CostVector): number {
  const { values, count } = table;
  const byX = sortByColumn(table, 0, indicesOf(table));
  const placeOf = new Int32Array(count);
  for (let place = 0; place < count; place++) placeOf[byX[place]!] = place;
  const xAt = (place: number): number => (place < 0 ? referenceX! : values[3 * byX[place]!]!);
  const yAt = (place: number): number => (place < 0 ? referenceY! : values[3 * byX[place]! + 1]!);
  const steps = createRankSet(count);
  let covered = 0;
  let sum = 0;
  let lastZ = 0;
  for (const index of sortByColumn(table, 2, indicesOf(table))) {
    const y = values[3 * index + 1]!;
    const z = values[3 * index + 2]!;
    sum += covered * (z - lastZ);
    lastZ = z;
    const place = placeOf[index]!;
    let above = yAt(steps.previous(place));
    if (above <= y) continue;
    // Steps behind it that are not lower disappear; strip by strip the new area is above them.
    let left = values[3 * index]!;
    let step = steps.next(place);
    for (; step >= 0 && yAt(step) >= y; step = steps.next(step + 1)) {
      covered += (xAt(step) - left) * (above - y);
      left = xAt(step);
      above = yAt(step);
      steps.delete(step);
    }
    covered += (xAt(step) - left) * (above - y);
    steps.add(place);
  }
  return sum + covered * (referenceZ! - lastZ);
}

/** By rising last cost: between two vectors the volume has one objective less. */
function slicedVolume(table: CostTable, reference: CostVector): number {
  const { values, count, dimensions } = table;
  const order = sortByColumn(table, dimensions - 1, indicesOf(table));
  const fewer = dimensions - 1;
  const slice = new Float64Array(count * fewer);
  const below = reference.slice(0, fewer);
  let sum = 0;
  for (let at = 0; at < count; at++) {
    const from = order[at]! * dimensions;
    for (let k = 0; k < fewer; k++) slice[at * fewer + k] = values[from + k]!;
    const next =
      at + 1 < count ? values[(order[at + 1]! + 1) * dimensions - 1]! : reference[fewer]!;
    const depth = next - values[from + fewer]!;
    if (depth === 0) continue;
    const part = { count: at + 1, dimensions: fewer, values: slice.subarray(0, (at + 1) * fewer) };
    sum += depth * volume(part, below);
  }
  return sum;
}
