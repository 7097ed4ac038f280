import { compareLexicographic, paretoFilter } from "@gradeway/pareto";

import { chooseRoutes, type ChoiceLimits, type RouteChoice } from "./choose-routes.ts";
import { type Objective, OBJECTIVES, type ParetoAnswer, type Tier } from "./plan-types.ts";

type Values = readonly [timeS: number, money: number, co2eKg: number];

/** A front some of whose routes were evaluated. */
export interface EvaluatedFront {
  readonly objectives: readonly Objective[];
  /** Evaluated figures of the finalists. */
  readonly values: readonly Values[];
  /** Search figures of the routes that were not evaluated. */
  readonly others: readonly Values[];
  /** Finalists that a battery does not last for; they are not among the values. */
  readonly outOfRange?: number;
}

/** A front after evaluation. */
export interface SettledFront {
  /** Finalists that no other one matches or beats, ascending. */
  readonly kept: readonly number[];
  /** Among those kept. */
  readonly choice: RouteChoice;
  /** In the order of the answer: a finalist, or one of the others. */
  readonly rows: readonly FrontRow[];
}

/** One point of a settled front. */
interface FrontRow {
  readonly values: Values;
  readonly tier: Tier;
  /** Number of the finalist, or of the other route. */
  readonly index: number;
}

/**
 * Drops the finalists that another one matches or beats by evaluated figures, and chooses, tags and
 * orders the rest by these. Routes that were not evaluated stay and are marked.
 *
 * @param limits - the overlap is that of finalists
 */
export function settleFront(
  { objectives, values, others }: EvaluatedFront,
  limits: ChoiceLimits & { readonly overlap: (a: number, b: number) => number },
): SettledFront {
  const used = OBJECTIVES.flatMap((objective, k) => (objectives.includes(objective) ? [k] : []));
  const costsOf = (point: readonly number[]): number[] => used.map((k) => point[k]!);
  const kept = paretoFilter(values.map(costsOf));
  const choice = chooseRoutes(
    kept.map((index) => values[index]!),
    objectives,
    { ...limits, overlap: (a, b) => limits.overlap(kept[a]!, kept[b]!) },
  );
  const rows = [
    ...kept.map((index): FrontRow => ({ values: values[index]!, tier: "evaluated", index })),
    ...others.map((point, index): FrontRow => ({ values: point, tier: "search", index })),
  ];
  rows.sort((a, b) => compareLexicographic(costsOf(a.values), costsOf(b.values)));
  return { kept, choice, rows };
}

/** The parts of an answer that tell of its front. */
export function settledParts(
  { objectives, values, others, outOfRange }: EvaluatedFront,
  { kept, rows }: SettledFront,
  idOf: (row: FrontRow) => string | null,
): Pick<ParetoAnswer, "front" | "evaluation"> {
  return {
    front: {
      size: rows.length,
      objectives,
      points: rows.map((row) => row.values),
      routeIds: rows.map(idOf),
      tiers: rows.map((row) => row.tier),
    },
    evaluation: {
      finalists: values.length + (outOfRange ?? 0),
      dominated: values.length - kept.length,
      ...(outOfRange === undefined ? {} : { outOfRange }),
      notEvaluated: others.length,
    },
  };
}
