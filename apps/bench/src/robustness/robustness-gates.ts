import { type Gate, textTable } from "@gradeway/quality-gates";

import { LEAST_ANSWERED_SHARE } from "../benchmark-gates.ts";
import { regionText } from "../benchmark-text.ts";
import type { RobustnessRun, SeedFigures } from "./run-robustness.ts";

const subsystem = "robustness";

/** Judges a measurement: all trips planned, the same seed twice the same, figures per km alike. */
export function robustnessGates(run: RobustnessRun, mostRelative: number): Gate[] {
  const { runs, spread, isRepeatable } = run;
  return [
    {
      id: "robustness-failed",
      subsystem,
      title: "every trip planned",
      rationale: "Means over trips that failed are means of other trips.",
      threshold: 100,
      async measure() {
        const few = runs.find(({ pairs, answered }) => answered < LEAST_ANSWERED_SHARE * pairs);
        if (few !== undefined) {
          throw new RangeError(
            `seed ${few.seed}: only ${few.answered} of ${few.pairs} trips have a route`,
          );
        }
        const units = runs.reduce((sum, { pairs }) => sum + pairs, 0);
        const failures = runs.flatMap((one) => one.failures);
        const facts = { units, failed: failures.length };
        return { score: (100 * (units - failures.length)) / units, facts, failures };
      },
    },
    {
      id: "robustness-repeatable",
      subsystem,
      title: "the same seed gives the same figures",
      rationale: "A spread over seeds says nothing when one seed has a spread of its own.",
      threshold: 100,
      measure: async () => ({
        score: isRepeatable ? 100 : 0,
        facts: { isRepeatable },
        failures: isRepeatable ? [] : ["the first seed gave other figures when run again"],
      }),
    },
    {
      id: "robustness-spread",
      subsystem,
      title: "cost and CO2e per kilometre hardly hang on the seed",
      rationale: `Trips differ, roads of a region less: at most ${percent(mostRelative)} of the mean.`,
      threshold: 100,
      async measure() {
        const judged = { cost: spread.costPerKm.relative, co2e: spread.co2eKgPerKm.relative };
        const worst = Math.max(judged.cost, judged.co2e);
        if (Number.isNaN(worst)) throw new RangeError("a spread takes at least two seeds");
        const within = worst <= mostRelative;
        return {
          score: within ? 100 : Math.min(99.9, (100 * mostRelative) / worst),
          facts: judged,
          failures: within ? [] : [`the deviation is ${percent(worst)} of the mean`],
        };
      },
    },
  ];
}

const TITLES: Readonly<Record<keyof SeedFigures, string>> = {
  distanceKm: "km",
  timeMin: "min",
  costPerKm: "cost/km",
  co2eKgPerKm: "kg CO2e/km",
  frontSize: "front",
  frontCpuMs: "CPU ms",
};

/** A measurement as a table: one row per seed, then mean and spread. */
export function robustnessText(run: RobustnessRun): string {
  const names = Object.keys(TITLES) as (keyof SeedFigures)[];
  const head = ["seed", "answered", ...names.map((name) => TITLES[name])];
  const rows = run.runs.map(({ seed, pairs, answered, figures }) => [
    String(seed),
    `${answered} of ${pairs}`,
    ...names.map((name) => figures[name].toFixed(3)),
  ]);
  const summary = (title: string, valueOf: (name: keyof SeedFigures) => string): string[] => [
    title,
    "",
    ...names.map(valueOf),
  ];
  rows.push(
    summary("mean", (name) => run.spread[name].mean.toFixed(3)),
    summary("deviation", (name) => run.spread[name].deviation.toFixed(3)),
    summary("of mean", (name) => percent(run.spread[name].relative)),
  );
  return [
    regionText(run.region),
    `means over the trips of a seed: fastest routes, cheapest in ${run.currency} and cleanest by their ` +
      "length, fronts within 1 % with their processor time",
    textTable([head, ...rows], new Set(head.keys())),
  ].join("\n\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
