import { budgetGate, type Gate } from "@gradeway/quality-gates";

import { distributionOf } from "../distribution.ts";
import type { RegionResult } from "./run-region.ts";

/** What the search may take of a 1 % front in a region. */
const BUDGET_MS = 10;

const subsystem = "search";

/** Judges a measurement: fronts agree, searches finish within 1 %, and the region is quick. */
export function regionGates(result: RegionResult): Gate[] {
  return [agreement(result), finished(result), time(result)];
}

function agreement({ compared, differences }: RegionResult): Gate {
  return {
    id: "search-region-fronts",
    subsystem,
    title: "fronts agree whatever the bounds, and cover the exact ones",
    rationale: "A bound that is too high loses routes.",
    threshold: 100,
    measure: async () => ({
      score: differences === 0 && compared > 0 ? 100 : 0,
      facts: { compared, differences },
      failures: differences === 0 ? [] : [`${differences} fronts differ`],
    }),
  };
}

/** Of the first region; larger ones may run into the deadline, and their table says how far they got. */
function finished({ networks, deadlineMs }: RegionResult): Gate {
  const searches = networks[0]!.searches;
  const unfinished = searches.filter((one) => one.epsilon > 0 && !one.isFinished).length;
  return {
    id: "search-region-finished",
    subsystem,
    title: "every search within an epsilon finished",
    rationale: "Work that failed would make the rest look fast.",
    threshold: 100,
    measure: async () => ({
      score: unfinished === 0 && searches.length > 0 ? 100 : 0,
      facts: { searches: searches.length, deadlineMs },
      failures: unfinished === 0 ? [] : [`${unfinished} searches did not finish`],
    }),
  };
}

function time({ networks }: RegionResult): Gate {
  const { searches } = networks[0]!;
  const counted = searches.filter((one) => one.bounds === "hierarchy" && one.epsilon === 0.01);
  return budgetGate({
    id: "search-region-time",
    subsystem,
    title: "1 % front, processor time P95",
    rationale: "The search's part of an answer that is shown at once.",
    budget: BUDGET_MS,
    unit: "ms",
    measure: async () => ({
      observed: distributionOf(counted.map(({ cpuMs }) => cpuMs)).p95,
      facts: { trips: counted.length },
    }),
  });
}
