import { type Gate, textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { openRegion } from "../region-under-test.ts";
import { reportRun } from "../report-run.ts";
import { type ChoiceMeasurement, measureChoice } from "./measure-choice.ts";

const args = {
  region: {
    type: "string",
    valueHint: "DIR",
    description: "Region with the vehicles and prices; default the sample of `build-assets`",
  },
  valleys: { type: "string", default: "100", description: "Small networks to list all routes of" },
  seed: { type: "string", default: "20260212", description: "Seed of the networks" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a gate fails" },
} as const;

/** `bench choice` */
export const choice = defineCommand({
  meta: {
    name: "bench choice",
    description: "Compare the routes that are shown with all routes of small networks",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const valleys = parseCount("valleys", given.valleys, 1);
    const seed = parseCount("seed", given.seed, 0);
    const { region, facts } = await openRegion(given.region ?? `${GATE_PATHS.sample}/region`);
    const measured = await withProgress((progress) =>
      measureChoice(region, valleys, seed, (valley) => progress(`${valley} of ${valleys}`)),
    );
    await reportRun({
      gates: choiceGates(measured),
      text: choiceText(measured),
      context: { seed, region: facts, ...measured },
      json: given.json,
      enforce: given.enforce,
      // A front that differs from the list of all routes is a failure in any case.
      hasFailed: measured.differing > 0,
    });
  },
});

/** The exact fronts are those of the lists. How well a choice does is shown, not judged. */
export function choiceGates({ valleys, differing, rows }: ChoiceMeasurement): Gate[] {
  return [
    {
      id: "choice-fronts",
      subsystem: "search",
      title: "fronts are those of all routes",
      rationale: "A choice is compared with the truth only if the truth is known.",
      threshold: 100,
      measure: async () => ({
        score: differing === 0 ? 100 : 0,
        facts: { valleys, differing },
        failures: differing === 0 ? [] : [`${differing} points differ in ${valleys} networks`],
      }),
    },
    {
      id: "choice-rows",
      subsystem: "search",
      title: "every setting was compared",
      rationale: "A row without trips says nothing.",
      threshold: 100,
      measure: async () => {
        const empty = rows.filter(({ quality }) => quality === undefined);
        return {
          score: empty.length === 0 ? 100 : 0,
          facts: { rows: rows.length },
          failures: empty.map(({ tier, maxRoutes }) => `${tier}, ${maxRoutes} routes: no trips`),
        };
      },
    },
  ];
}

function choiceText(measured: ChoiceMeasurement): string {
  const { valleys, routes, frontSizeMean, evaluatedFrontSizeMean, rows } = measured;
  const head = ["tier", "routes", "overlap", "trips", "shown", "recall"];
  const more = ["factor", "worst", "volume", "least"];
  const table = rows.map(({ tier, maxRoutes, maxOverlapRatio, quality }) => {
    const setting = [tier, String(maxRoutes), maxOverlapRatio.toFixed(1)];
    if (quality === undefined) return [...setting, "0", "", "", "", "", "", ""];
    const { trips, shownMean, recallMean, factorMean, factorWorst } = quality;
    const figures = [recallMean, factorMean, factorWorst];
    const volumes = [quality.volumeRatioMean, quality.volumeRatioWorst];
    return [
      ...setting,
      String(trips),
      shownMean.toFixed(1),
      ...[...figures, ...volumes].map((figure) => figure.toFixed(3)),
    ];
  });
  const intro =
    `${routes} routes of ${valleys} networks; true fronts of ${frontSizeMean.toFixed(1)} routes in the ` +
    `search tier, ${evaluatedFrontSizeMean.toFixed(1)} in the evaluation tier (means)`;
  const columns = [...head, ...more];
  return `${intro}\n\n${textTable([columns, ...table], new Set([...columns.keys()].slice(1)))}`;
}
