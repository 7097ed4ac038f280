import { budgetGate, type Gate } from "@gradeway/quality-gates";

import type { DimacsResult } from "./run-dimacs.ts";

/** Our total over that of the yardstick, bounds included on both sides. */
const RATIO_BUDGET = 0.5;
const FREIGHT_BUDGET_MS = 50;

const subsystem = "search";

/** Judges a measurement: sizes, finished work and coverage first, then time. */
export function dimacsGates(result: DimacsResult): Gate[] {
  return [sizes(result), finished(result), coverage(result), ratio(result), freightTime(result)];
}

/** True when an answer was wrong, which is a failure whether budgets are enforced or not. */
export function isWrong({ differing, fronts }: DimacsResult): boolean {
  return differing.length > 0 || fronts.some(({ violations }) => violations > 0);
}

function sizes({ differing, exact }: DimacsResult): Gate {
  return {
    id: "search-front-sizes",
    subsystem,
    title: "exact fronts have the published sizes",
    rationale: "A front that is too small lacks a route, one that is too large holds a bad one.",
    threshold: 100,
    measure: async () => ({
      score: differing.length === 0 && exact.some(({ epsilon }) => epsilon === 0) ? 100 : 0,
      facts: { pairs: exact.length, differing: differing.length },
      failures: differing,
    }),
  };
}

function finished({ exact, totals, fronts }: DimacsResult): Gate {
  const failures = [
    ...exact
      .slice(0, totals.pairs)
      .filter(({ epsilon }) => epsilon !== 0)
      .map(({ pair, status }) => `${pair.source} -> ${pair.target}: ${status}`),
    ...exact
      .slice(totals.pairs)
      .filter(({ epsilon }) => epsilon === null)
      .map(({ pair }) => `${pair.source} -> ${pair.target}: not within any epsilon`),
    ...fronts
      .filter(({ unfinished }) => unfinished > 0)
      .map(({ title, epsilon, unfinished }) => `${title}, ${epsilon}: ${unfinished} unfinished`),
  ];
  return {
    id: "search-finished",
    subsystem,
    title: "every search finished",
    rationale: "Work that failed would make the rest look fast.",
    threshold: 100,
    measure: async () => ({
      score: failures.length === 0 ? 100 : 0,
      facts: { pairs: exact.length },
      failures,
    }),
  };
}

function coverage({ fronts }: DimacsResult): Gate {
  const checked = fronts.reduce((sum, one) => sum + one.checked, 0);
  const failures = fronts
    .filter(({ violations }) => violations > 0)
    .map(
      ({ title, epsilon, violations, worstFactor }) =>
        `${title}, ${epsilon}: ${violations} fronts, up to ${worstFactor.toFixed(5)}`,
    );
  return {
    id: "search-coverage",
    subsystem,
    title: "fronts within epsilon cover the exact ones",
    rationale: "For each exact route there is one at most 1 + epsilon times as dear.",
    threshold: 100,
    measure: async () => ({
      score: failures.length === 0 && checked > 0 ? 100 : 0,
      facts: { checked },
      failures,
    }),
  };
}

function ratio({ totals, missing }: DimacsResult): Gate {
  const observed = totals.cpuS / totals.yardstickS;
  const complaint =
    missing ?? (Number.isNaN(observed) ? "the yardstick has not solved every pair" : undefined);
  const failure = complaint ?? `${observed.toFixed(3)}, the budget is ${RATIO_BUDGET}`;
  const isWithin = complaint === undefined && observed <= RATIO_BUDGET;
  return {
    id: "search-yardstick",
    subsystem,
    title: "time of exact fronts over that of the yardstick",
    rationale: "Same pairs, in turns, processor time, bounds included on both sides.",
    threshold: 100,
    measure: async () => ({
      score: isWithin ? 100 : Math.min(99.9, (100 * RATIO_BUDGET) / observed) || 0,
      facts: { budget: RATIO_BUDGET, cpuS: totals.cpuS, yardstickS: totals.yardstickS },
      failures: isWithin ? [] : [failure],
    }),
  };
}

function freightTime({ fronts }: DimacsResult): Gate {
  return budgetGate({
    id: "search-freight",
    subsystem,
    title: "1 % freight front, processor time P95",
    rationale: "A front is shown while the user waits.",
    budget: FREIGHT_BUDGET_MS,
    unit: "ms",
    measure: async () => ({ observed: fronts.at(-1)!.cpuMs.p95, facts: {} }),
  });
}
