import { type Gate, textTable } from "@gradeway/quality-gates";

import { regionText } from "../benchmark-text.ts";
import { percentileOf } from "../distribution.ts";
import { WARM_UP_STEPS, type WarmUpResult, type WarmUpStep } from "./run-warmup.ts";

/** Judges cold starts: all of them came to an end, and tiles that were fetched are not fetched again. */
export function warmupGates({ runs, failures }: WarmUpResult): Gate[] {
  const asked = runs.filter(({ tilesAsked }) => tilesAsked.length > 0);
  return [
    {
      id: "warmup-failed",
      subsystem: "warmup",
      title: "every cold start answers",
      rationale: "A server that fails its first request has not started.",
      threshold: 100,
      async measure() {
        const units = runs.length + failures.length;
        if (units === 0) throw new RangeError("there was no cold start");
        return { score: (100 * runs.length) / units, facts: { units }, failures };
      },
    },
    ...(asked.length > 0 ? [tilesGate(asked)] : []),
  ];
}

function tilesGate(runs: WarmUpResult["runs"]): Gate {
  return {
    id: "warmup-tiles",
    subsystem: "warmup",
    title: "tiles are fetched once, for the next trip and for the next process",
    rationale: "What a route has fetched warms the cache for those after it, over a restart too.",
    threshold: 100,
    async measure() {
      const wrong = runs.filter(
        ({ tilesAsked: [first, ...later] }) => first === 0 || later.some((count) => count > 0),
      );
      return {
        score: (100 * (runs.length - wrong.length)) / runs.length,
        facts: { runs: runs.length, tiles: runs[0]!.tilesAsked[0]! },
        failures: wrong.map(({ tilesAsked }) => `tiles asked for: ${tilesAsked.join(", ")}`),
      };
    },
  };
}

/** Cold starts as a table: the median over them, the best and the worst. */
export function warmupText({ region, runs }: WarmUpResult): string {
  const rows = (Object.keys(WARM_UP_STEPS) as WarmUpStep[]).flatMap((step) => {
    const times = runs.flatMap(({ wallMs }) => wallMs[step] ?? []);
    if (times.length === 0) return [];
    const figures = [percentileOf(times, 0.5), Math.min(...times), Math.max(...times)];
    return [[WARM_UP_STEPS[step], ...figures.map((value) => value.toFixed(1))]];
  });
  const [asked] = runs.flatMap(({ tilesAsked }) => (tilesAsked.length > 0 ? [tilesAsked] : []));
  return [
    regionText(region),
    `${runs.length} cold starts, each with an empty tile cache; wall time`,
    textTable([["", "median ms", "least", "most"], ...rows], new Set([1, 2, 3])),
    asked === undefined
      ? "no tiles were given, so no strict trip was made"
      : `tiles from the origin: ${asked.join(" / ")} by the three strict trips`,
  ].join("\n\n");
}
