import { type Costs, tableOf } from "./costs.ts";
import { extremesOf } from "./extremes.ts";
import { regretGain, volumeGain } from "./gains.ts";
import { kneeIndex } from "./knee.ts";
import { extentOf, normalizeTable } from "./normalize.ts";

/** How alike two alternatives are, by their indices: 0 nothing in common, 1 the same. Symmetric. */
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
  /** Called before each further one is chosen; stops the choice by throwing. */
  readonly poll?: () => void;
}

/** Gains up to this are rounding: costs are on a scale of 1. */
const LEAST_GAIN = 1e-9;

/**
 * Chooses the vectors of a front that are worth showing, the most important first: the best of each
 * objective, the knee, and then always the one that adds most hypervolume (a greedy choice is within
 * 1 - 1/e of the best there, Nemhauser, Wolsey, Fisher, Mathematical Programming 14 (1978)) or whose
 * absence costs the greatest regret, on the front's own scale from ideal to nadir. The hypervolume
 * ends a tenth of each range beyond the nadir.
 *
 * The extremes and the knee are chosen even if they are alike; any other must overlap none of the
 * chosen by more than `maxOverlap`. So there are fewer than `count` where too many are alike, or where
 * no other one adds anything. Ties go to the lower index.
 *
 * @throws {RangeError} for NaN or infinity, vectors of different lengths, a count below 0 or not
 *   whole, an overlap that is no number
 */
export function chooseSubset(costs: Costs, options: ChooseOptions): number[] {
  const { count, by = "hypervolume", poll } = options;
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`a count of ${count}`);
  const table = tableOf(costs);
  if (table.count === 0) return [];
  const scaled = normalizeTable(table, extentOf(costs));
  const chosen = [...new Set([...extremesOf(table), kneeIndex(costs)])].slice(0, count);
  const free = new Set(Array.from({ length: table.count }, (_, index) => index));
  for (const index of chosen) leaveUnlike(free, index, options);
  const gain = by === "hypervolume" ? volumeGain : regretGain;
  const bounds = new Float64Array(table.count);
  for (const index of free) bounds[index] = gain.bound(scaled, index, chosen);
  while (chosen.length < count) {
    poll?.();
    const next = greatest(bounds, free, (index) => gain.exact(scaled, index, chosen));
    if (next < 0) break;
    chosen.push(next);
    leaveUnlike(free, next, options);
  }
  return chosen;
}

/**
 * The free vector with the greatest gain, or -1 if none gains. Gains only fall as more are chosen, so
 * one that was found before is a bound, and few have to be found anew: those with the greatest bounds,
 * until a gain is found that no further bound exceeds.
 */
function greatest(
  bounds: Float64Array,
  free: ReadonlySet<number>,
  gainOf: (index: number) => number,
): number {
  const order = [...free].sort((a, b) => bounds[b]! - bounds[a]! || a - b);
  let best = -1;
  let most = LEAST_GAIN;
  for (const index of order) {
    if (bounds[index]! < most) break;
    const gain = gainOf(index);
    bounds[index] = gain;
    if (gain < most || (gain === most && index > best)) continue;
    best = index;
    most = gain;
  }
  return best;
}

/** Takes a chosen vector out of those that are free, and with it all that are too much like it. */
function leaveUnlike(free: Set<number>, chosen: number, options: ChooseOptions): void {
  const { overlap, maxOverlap = 1 } = options;
  free.delete(chosen);
  if (overlap === undefined) return;
  for (const index of free) {
    const share = typeof overlap === "function" ? overlap(chosen, index) : overlap[chosen]?.[index];
    if (typeof share !== "number" || Number.isNaN(share)) {
      throw new RangeError(`the overlap of ${chosen} and ${index} is ${share}`);
    }
    if (share > maxOverlap) free.delete(index);
  }
}
