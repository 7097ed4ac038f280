import type { Costs } from "./costs.ts";
import type { Extent } from "./normalize.ts";
import { lowestIndex, scores, weighted } from "./scalarization.ts";

/** What VIKOR may be told. */
export interface VikorOptions {
  /** Weight of the group's utility against the worst regret of one objective, 0 to 1; default 0.5. */
  readonly v?: number;
  /** Ideal and nadir of the scale; default those of the set. */
  readonly extent?: Extent;
}

/** A ranking by VIKOR; arrays have an entry per vector, lower is better. */
export interface VikorRanking {
  /** Group utility: the weighted sum of the scaled costs. */
  readonly s: readonly number[];
  /** Individual regret: the greatest weighted scaled cost. */
  readonly r: readonly number[];
  /** v times scaled S plus 1 - v times scaled R: 0 is best, 1 worst. */
  readonly q: readonly number[];
  /** Indices by Q; ties by S, then R, then index. */
  readonly order: readonly number[];
  /** Q of the second is above that of the first by 1 / (vectors - 1) or more. */
  readonly hasAdvantage: boolean;
  /** The first by Q is also the best by S or by R. */
  readonly isStable: boolean;
  /** The compromise: the first by Q, and with it those from which it does not stand out. */
  readonly compromise: readonly number[];
}

/**
 * Compromise ranking VIKOR (Opricovic, Tzeng, European J. of Operational Research 156 (2004)).
 * Costs are scaled as the method prescribes, (cost - ideal) / (nadir - ideal), over the set or a given
 * extent. An objective without spread adds nothing to S and R; if all S or all R are equal, that part
 * of Q is 0.
 *
 * @throws {RangeError} for an empty set, NaN or infinity, weights that are negative, all zero or of
 *   another number than the objectives, a v outside 0 to 1
 */
export function vikor(
  costs: Costs,
  weights: readonly number[],
  { v = 0.5, extent }: VikorOptions = {},
): VikorRanking {
  if (!(v >= 0 && v <= 1)) throw new RangeError(`v must be between 0 and 1, not ${v}`);
  const scaled = weighted(costs, weights, extent);
  const s = scores(scaled, (terms) => terms.sum);
  const r = scores(scaled, (terms) => terms.greatest);
  const scaledS = unitScale(s);
  const scaledR = unitScale(r);
  const q = s.map((_, index) => v * scaledS[index]! + (1 - v) * scaledR[index]!);
  const order = [...q.keys()];
  order.sort((a, b) => q[a]! - q[b]! || s[a]! - s[b]! || r[a]! - r[b]! || a - b);
  const [first, second] = order;
  const step = 1 / (q.length - 1);
  const lead = (index: number): number => q[index]! - q[first!]!;
  const hasAdvantage = second === undefined || lead(second) >= step;
  const isStable = s[first!] === s[lowestIndex(s)] || r[first!] === r[lowestIndex(r)];
  let compromise = order.slice(0, isStable ? 1 : 2);
  if (!hasAdvantage) compromise = order.filter((index) => lead(index) < step);
  return { s, r, q, order, hasAdvantage, isStable, compromise };
}

function unitScale(values: readonly number[]): number[] {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return values.map((value) => (most > least ? (value - least) / (most - least) : 0));
}
