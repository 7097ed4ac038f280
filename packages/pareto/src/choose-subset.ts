import { type Costs, type CostTable, tableOf } from "./costs.ts";
import { extremesOf } from "./extremes.ts";
import { hypervolume } from "./hypervolume.ts";
import { kneeIndex } from "./knee.ts";
import { extentOf, normalizeTable } from "./normalize.ts";
import { regretOf } from "./regret.ts";

/** How alike two alternatives are, by their indices: 0 nothing in common, 1 the same. */
export type Overlap = ((a: number, b: number) => number) | readonly (readonly number[])[];

/** What to choose and by what. */
export interface ChooseOptions {
  /** The most that are chosen. */
  readonly count: number;
  /** What the next one must add most to, or take most from; default hypervolume. */
  readonly by?: "hypervolume" | "regret";
  readonly overlap?: Overlap;
  /** Above this two are too alike to be shown both; default 1, which allows all. */
  readonly maxOverlap?: number;
}

/** Where the hypervolume ends, beyond the nadir at 1, so that extremes count as well. */
const REFERENCE = 1.1;
/** Gains up to this are rounding: costs are on a scale of 1. */
const LEAST_GAIN = 1e-9;

/**
 * Chooses the vectors of a front that are worth showing, the most important first: the best of each
 * objective, the knee, and then always the one that adds most hypervolume (a greedy choice is within
 * 1 - 1/e of the best there, Nemhauser, Wolsey, Fisher, Mathematical Programming 14 (1978)) or whose
 * absence costs the greatest regret, on the front's own scale from ideal to nadir.
 *
 * The extremes and the knee are chosen even if they are alike; any other must overlap none of the
 * chosen by more than `maxOverlap`. So there are fewer than `count` where too many are alike, or where
 * no other one adds anything. Ties go to the lower index.
 *
 * @throws {RangeError} for NaN or infinity, vectors of different lengths, a count below 0 or not
 *   whole, an overlap that is no number
 */
export function chooseSubset(costs: Costs, options: ChooseOptions): number[] {
  const { count, by = "hypervolume" } = options;
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`a count of ${count}`);
  const table = tableOf(costs);
  if (table.count === 0) return [];
  const scaled = normalizeTable(table, extentOf(costs));
  const chosen = [...new Set([...extremesOf(table), kneeIndex(costs)])].slice(0, count);
  const isFree = Array.from({ length: table.count }, (_, index) => !chosen.includes(index));
  const gainOf = by === "hypervolume" ? volumeGain : regretOfOne;
  // Gains only fall as more are chosen, so an old one is a bound: few have to be found anew.
  const bound = Array.from({ length: table.count }, () => Infinity);
  for (const index of chosen) excludeAlike(index, isFree, options);
  while (chosen.length < count) {
    const next = mostGain(bound, isFree, (index) => gainOf(scaled, index, chosen));
    if (next < 0) break;
    chosen.push(next);
    isFree[next] = false;
    excludeAlike(next, isFree, options);
  }
  return chosen;
}

/** The free vector with the greatest gain, or -1 if none gains; corrects the bounds on its way. */
function mostGain(
  bound: number[],
  isFree: readonly boolean[],
  gainOf: (index: number) => number,
): number {
  const isFresh = new Set<number>();
  for (;;) {
    let best = -1;
    for (const [index, free] of isFree.entries()) {
      if (free && bound[index]! > (best < 0 ? LEAST_GAIN : bound[best]!)) best = index;
    }
    if (best < 0 || isFresh.has(best)) return best;
    bound[best] = gainOf(best);
    isFresh.add(best);
  }
}

/** What a vector adds to the hypervolume: its box less the part that the chosen ones have of it. */
function volumeGain(scaled: CostTable, index: number, chosen: readonly number[]): number {
  const { dimensions, values } = scaled;
  const own = values.subarray(index * dimensions, (index + 1) * dimensions);
  const shared = new Float64Array(chosen.length * dimensions);
  for (const [place, other] of chosen.entries()) {
    for (let k = 0; k < dimensions; k++) {
      shared[place * dimensions + k] = Math.max(own[k]!, values[other * dimensions + k]!);
    }
  }
  const box = own.reduce((product, cost) => product * (REFERENCE - cost), 1);
  const reference = Array.from({ length: dimensions }, () => REFERENCE);
  return box - hypervolume({ dimensions, values: shared }, reference);
}

function regretOfOne(scaled: CostTable, index: number, chosen: readonly number[]): number {
  return regretOf(scaled, index, scaled, chosen);
}

function excludeAlike(chosen: number, isFree: boolean[], options: ChooseOptions): void {
  const { overlap, maxOverlap = 1 } = options;
  if (overlap === undefined) return;
  for (const [index, free] of isFree.entries()) {
    if (!free) continue;
    const share = typeof overlap === "function" ? overlap(chosen, index) : overlap[chosen]?.[index];
    if (typeof share !== "number" || Number.isNaN(share)) {
      throw new RangeError(`the overlap of ${chosen} and ${index} is ${share}`);
    }
    if (share > maxOverlap) isFree[index] = false;
  }
}
